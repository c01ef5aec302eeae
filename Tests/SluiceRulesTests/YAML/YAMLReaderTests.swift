import SluiceCore
import Testing
import Yams

@testable import SluiceRules

@Suite struct YAMLReaderTests {
  /// Documents that both readers must take, and read alike.
  static let accepted = [
    "a: 1\nb: two\n", "a:\n  b: c\n  d:\n    - 1\n    - 2\n", "a:\n- 1\n- 2\nb: x",
    "- a\n-  b\n- - c\n  - d\n",
    "- a: 1\n  b: 2\n-\n  c: 3\n", "a: 'it''s'\nb: \"x\\ty\\u00e9\\x41\\\n  z\"\n",
    "a: b\n  c\n\n  d\ne: f",
    "a: 'x\n  y\n\n  z '\n", "a: \"x \n  y\n\n\n  z\"\n", "a: |\n  x\n   y\n\n  z\n\nb: 1\n",
    "a: >\n  x\n  y\n\n  z\n   w\n   v\n  u\nb: 1",
    "a: |-\n  x\n\n\nb: >+\n  y\n\n\nc: 1\n", "a: |2\n   x\n  y\n", "- |\n x\n- >\n  y\n  z",
    "a: [1, 'b', \"c\", d e, [f, {g: h}]]\n",
    "a: {b: 1, c: [x,\n y], 'd': , e}\n", "# c\na: b # d\n# e\nb: c#d\n", "---\na: b\n...\n",
    "%YAML 1.2\n---\na: b\n",
    "a: http://x:80/y#z\nb: x:y\n", "\"a b\": 1\n'c': 2\n", "a: &x\n  b: 1\nc: *x\nd: [*x, *x]\n",
    "a:\nb:\n  -\n  - ~\n",
    "a: -1\nb: -x\nc: ?x\nd: :x\n", "a: '\\b(?:x|y)\\b'\nb: \\w+ [a-z]{2,3}\n", "é: ü\nb: '漢字 🙂'\n",
    "\u{FEFF}a: b\n", "a: b\r\nc: |\r\n  d\r\n  e\r\n",
    "a:   b   \nc:\t d\n", "plain text\nover lines\n", "'quoted'\n", "a: \"\"\nb: ''\n",
    "a: >-\n\n  x\n\n   y\n  z\n", "a: |\n\n\n  x\n", "a: |+\n\nb: 1\n",
    "- - - a\n    - b\n  - c\n- d", "a: 'b'   # c\nd: [e] # f\n",
    "a: \"\\\"\\\\\\/\\n\\e\\_\\N\\L\\P\\U0001F600\"", "a: x\n   # comment\nb: y", "a : b\n",
    "a: -b\n", "a: \"x\\\n\n  y\"\n", "- a\n -b\n",
    "a: >\n  x\n  \ty\n  z\n", "a: |1\n  x\n", "{a: b}\n", "[a,\nb]\n", "a:\n    |\n  x\n",
    "a:\n  'x'\nb:\n  >\n   y\n",
  ]

  @Test("Every accepted document reads as Yams reads it", arguments: accepted)
  func agrees(_ text: String) throws {
    let bag = DiagnosticBag()
    let value = YAMLReader.read(SourceText(path: "t.yaml", text: text), into: bag)
    #expect(bag.sorted.map(\.rendered) == [])
    let node = try #require(try Yams.compose(yaml: text))
    #expect(Self.describe(try #require(value)) == Self.describe(node))
  }

  @Test(
    "What Yams refuses is refused, with a place",
    arguments: [
      "a: b: c\n", "a: 'x\n", "a: \"x\n", "a: [1, 2\n", "a: {b: 1\n", "a:\n  b: 1\n c: 2\n",
      "a: *x\n", "\ta: b\n", "a: \"\\q\"\n", "a: \"\\ud83d\"\n",
      "a: @x\n", "a: `x\n", "a: %x\n", "a: 'x' y\n", "- a\nb\n", "a: 1\n- b\n", "a: b\nc\n",
      "a: - b\n", "a: |x\n  y\n", "a: ]\n", "a: [b c: d: e]\n", "a:\n  - b\n   - c\n  d: e\n",
      "a: 'b': c\n", "---\na\n---\nb\n",
    ])
  func refuses(_ text: String) throws {
    let bag = DiagnosticBag()
    _ = YAMLReader.read(SourceText(path: "t.yaml", text: text), into: bag)
    #expect(bag.hasErrors)
    #expect(bag.sorted.allSatisfy { $0.line != nil && $0.column != nil })
    #expect(throws: (any Error).self) { try Yams.compose(yaml: text) }
  }

  @Test("Every character of every style leads to its place in the file")
  func places() throws {
    let text = """
      a: plain ünd
        more
      b: 'it''s'
      c: "x\\u0041\\n
         y"
      d: |
        one

        two
      e: >
        fold
        ed
      """
    let value = try #require(
      YAMLReader.read(SourceText(path: "t", text: text), into: DiagnosticBag()))
    #expect(
      Self.trace(value["a"]) == [
        "p1:4", "l1:5", "a1:6", "i1:7", "n1:8", " 1:9", "ü1:10", "n1:11", "d1:12", " 1:13",
        "m2:3", "o2:4", "r2:5", "e2:6",
      ])
    #expect(
      Self.trace(value["b"]) == ["i3:5", "t3:6", "'3:8", "s3:9"].map { $0 == "'3:8" ? "'3:7" : $0 })
    #expect(Self.trace(value["c"]) == ["x4:5", "A4:6", "\n4:12", " 4:14", "y5:4"])
    #expect(
      Self.trace(value["d"]) == [
        "o7:3", "n7:4", "e7:5", "\n7:6", "\n8:1", "t9:3", "w9:4", "o9:5", "\n9:6",
      ])
    #expect(
      Self.trace(value["e"]) == [
        "f11:3", "o11:4", "l11:5", "d11:6", " 11:7", "e12:3", "d12:4",
      ])
  }

  @Test("An alias bomb is stopped by the count of values, not by memory")
  func bomb() {
    var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in 1...12 {
      let items = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
      text += "a\(level): &a\(level) [\(items)]\n"
    }
    let bag = DiagnosticBag()
    _ = YAMLReader.read(SourceText(path: "t", text: text), into: bag)
    #expect(bag.sorted.map(\.code) == ["yaml-expansion"])
    #expect(bag.sorted.first?.line == 6)
  }

  @Test("Nesting without end is stopped", arguments: ["[", "{a: ", "- ", "- &x "])
  func depth(_ opening: String) {
    let bag = DiagnosticBag()
    let text = String(repeating: opening, count: 100_000)
    _ = YAMLReader.read(SourceText(path: "t", text: text), into: bag)
    #expect(bag.hasErrors)
  }

  static func trace(_ value: YAMLValue?) -> [String] {
    guard let text = value?.text else { return [] }
    return text.text.unicodeScalars.enumerated().map { index, scalar in
      let span = text.span(at: index)
      return "\(scalar)\(span.line):\(span.column)"
    }
  }

  static func describe(_ value: YAMLValue) -> String {
    switch value.content {
    case .scalar(let text, _): text.text.debugDescription
    case .sequence(let items): "[" + items.map(describe).joined(separator: ",") + "]"
    case .mapping(let entries):
      "{"
        + entries.map { "\($0.key.text.debugDescription):\(describe($0.value))" }.joined(
          separator: ",") + "}"
    }
  }

  static func describe(_ node: Node) -> String {
    switch node {
    case .scalar(let scalar): scalar.string.debugDescription
    case .sequence(let items): "[" + items.map(describe).joined(separator: ",") + "]"
    case .mapping(let entries):
      "{" + entries.map { "\(describe($0.key)):\(describe($0.value))" }.joined(separator: ",") + "}"
    case .alias: "alias"
    }
  }
}
