import SluiceCore
import Testing

@testable import SluiceMatch

@Suite struct EngineLiteralTests {
  private static func required(_ source: String) throws -> RequiredLiterals? {
    var parser = DialectParser(
      PatternSpec(source: source, freeSpacing: false, caseSensitive: false))
    let tree = parser.parse()
    return RequiredLiterals(try #require(tree))
  }

  private static func texts(_ source: String) throws -> [String]? {
    try required(source)?.literals.map { String(decoding: $0, as: UTF8.self) }.sorted()
  }

  @Test("The literals of a pattern are those that every match must hold")
  func literals() throws {
    #expect(try Self.texts("\\bRelease\\W{1,3}fee\\b") == ["release", "relea\u{17F}e"])
    #expect(try Self.texts("(?:bank|loan)\\d") == ["bank", "ban\u{212A}", "loan"].sorted())
    #expect(try Self.texts("\\w{1,9}@\\w") == ["@"])
    #expect(try Self.texts("(?:ab)?\\d{2}") == nil)
    #expect(try Self.texts("(?!abc)\\d(?=abc)") == nil)
    #expect(try Self.texts("Мир\\d")?.contains("мИр") == true)
    #expect(try Self.required("\\d{2,3}abc")?.lead == 5...15)
  }

  @Test("No true match of a generated pattern is without one of its literals")
  func present() throws {
    var generator = EnginePatternGenerator(seed: 77)
    var seen = 0
    while seen < 1_500 {
      let made = generator.pattern()
      let spec = PatternSpec(source: made.source, freeSpacing: false, caseSensitive: false)
      guard let analysis = PatternCompiler.analyze(spec).analysis,
        let required = try Self.required(made.source)
      else { continue }
      let text = generator.text(around: made.sample)
      let lower = text.map { (65...90).contains($0) ? $0 | 0x20 : $0 }
      for match in try #require(EngineOracle.matches(of: spec, in: text)) {
        seen += 1
        let length = match.end - match.start
        let characters = text[match.start..<match.end].count { $0 & 0xC0 != 0x80 }
        #expect(length <= analysis.mostBytes, "\(made.source)")
        #expect(
          characters >= analysis.least && characters <= analysis.most, "\(made.source)")
        let holds = required.lead.contains { lead in
          let end = match.start + lead
          return end <= match.end
            && required.literals.contains {
              end - $0.count >= match.start && lower[(end - $0.count)..<end].elementsEqual($0)
            }
        }
        #expect(holds, "\(made.source) needs \(required.shown)")
      }
    }
  }

  @Test("The address of a text changes nothing")
  func alignment() throws {
    let sources = [
      "c[^[:punct:]k]", "0(?:[^é\\d]{2,4}\\P{Lu}|[Д\\na-f][[:alpha:]_]{0,1}+)[^\\.\\d]{2}",
      "9(?:Д?)[\\P{Ll}][[:xdigit:]]?(?:([^😀\\d])|é){2,3}?", "abc\\W{1,4}def", "[ck]{2}x", "привет",
    ]
    let specs = sources.map { PatternSpec(source: $0, freeSpacing: false, caseSensitive: false) }
    let program = try #require(PatternProgram.compile(specs).program)
    let scanner = PatternScanner(program: program)
    let text = Array(
      ("Дy-.-ſKZжc\nk 0Ké.Sz\t,99c_c\t abc ,def CKx " + String(repeating: "q c ", count: 30)
        + "ПРИВЕТ 0ſS😀\tſk中 abc..DEF 9Дab").utf8)
    var truth: [EngineOracle.Match] = []
    for (index, spec) in specs.enumerated() {
      truth += try #require(EngineOracle.matches(of: spec, pattern: index, in: text))
    }
    #expect(truth.count > 30)
    let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: 4096, alignment: 64)
    defer { memory.deallocate() }
    for offset in 0..<64 {
      memory.initializeMemory(as: UInt8.self, repeating: UInt8(ascii: "Q"))
      for (index, byte) in text.enumerated() { memory[offset + index] = byte }
      let collector = MatchCollector()
      scanner.begin(view: .text)
      scanner.feed(
        UnsafeRawBufferPointer(rebasing: memory[offset..<offset + text.count]), last: true,
        to: collector)
      let found = collector.found.sorted { ($0.pattern, $0.start) < ($1.pattern, $1.start) }
      #expect(found == truth)
    }
  }

  @Test("Letters with kin in another case all lie in the blocks that are searched for kin")
  func families() {
    #expect(CaseFamily.members(of: "k") == ["K", "k", "\u{212A}"])
    #expect(CaseFamily.members(of: "\u{17F}") == ["S", "s", "\u{17F}"])
    #expect(CaseFamily.members(of: "θ").count == 4)
    for value in UInt32(0x80)...0x1FFFF {
      guard let scalar = Unicode.Scalar(value), scalar.properties.changesWhenCaseMapped else {
        continue
      }
      #expect(CaseFamily.blocks.contains { $0.contains(value) }, "\(scalar.escaped(asASCII: true))")
    }
  }
}
