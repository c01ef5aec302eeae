import SluiceCore
import SluiceTestSupport
import Testing

@testable import SluiceRules

@Suite struct MutationTests {
  private static let manifest = Sample.manifest(
    more: """
      languages: [en, 'de']
      references: ['https://example.org/a']
      cap: annotate
      definitions:
        few: '(?:\\w{1,20}\\W{1,4}){0,3}'
        money: |
          (?: dollars | {{few}} euros )  # a comment
      exceptions:
        - id: warning
          why: It warns.
          patterns: {beware: '\\bbeware\\b'}
          tests: {match: ["Beware\\u0021", 'Beware']}
      """)

  private static let rules = """
    rules:
      - id: sample.theme.rule
        title: "A fee \\"first\\""
        why: >
          It is
          asked for.
        severity: high
        score: 60
        patterns: &patterns
          fee: '\\b{{few}}fee\\b'
          win: {regex: 'win{{money}}', case: sensitive, views: [text, folded]}
          card:
            regex: |
              \\d{4} {{few}}
            validator: luhn
            capture: 0
        condition: near(fee, win, 60) and (count(card) >= 2 or not in(fee, subject|name))
        except: [warning]
        tests:
          match: [one, 'two', "three"]
          pass:
            - four
            - five
      - id: sample.theme.other
        title: Another
        why: Because.
        severity: low
        patterns: *patterns
        condition: 2 of (fee, win, card) or signal(name-lies)
        tests: {match: [one, two], pass: [three, four]}

    """

  private static let overrides = """
    overrides:
      - rule: sample.theme.rule
        effect: score
        score: 30
        pattern: 'x{{1,3}'
        source: mail
        until: 2026-12-31
        reason: It is noisy.
        owner: ops

    """

  /// Diagnostics of a file as a whole: it has no place in it.
  private static let ofWholeFiles: Set<String> = ["yaml-empty", "too-many-problems"]

  @Test("Thousands of changed bytes end in acceptance or a place, never a crash")
  func mutations() {
    let directory = TemporaryDirectory()
    let files = [
      ("sample/pack.yaml", Self.manifest), ("sample/rules.yaml", Self.rules),
      ("overrides.yaml", Self.overrides),
    ]
    for (name, text) in files { directory.write(name, text) }
    #expect(Sample.read(directory).rendered == [])
    var random = SplitMix(state: 2026)
    var refused = 0
    for round in 0..<3000 {
      let (name, text) = files[round % files.count]
      directory.write(name, Self.mutate(Array(text.utf8), &random))
      let reading = Sample.read(directory)
      if reading.hasErrors { refused += 1 }
      for diagnostic in reading.diagnostics {
        let placed = diagnostic.line.map { $0 >= 1 } ?? false
        #expect(placed || Self.ofWholeFiles.contains(diagnostic.code), "\(diagnostic)")
        _ = diagnostic.rendered
      }
      directory.write(name, text)
    }
    #expect((300..<3000).contains(refused))
  }

  private static func mutate(_ bytes: [UInt8], _ random: inout SplitMix) -> [UInt8] {
    var bytes = bytes
    let syntax = Array("{}[]'\"|>:-#&*!%@,\\\n \t\r\u{0}éx(".utf8)
    for _ in 0...Int(random.next() % 3) {
      let place = Int(random.next() % UInt64(bytes.count))
      let byte =
        random.next().isMultiple(of: 3)
        ? UInt8(truncatingIfNeeded: random.next())
        : syntax[Int(random.next() % UInt64(syntax.count))]
      switch random.next() % 5 {
      case 0: bytes[place] = byte
      case 1: bytes.insert(byte, at: place)
      case 2: bytes.remove(at: place)
      case 3:
        let end = min(bytes.count, place + Int(random.next() % 40))
        bytes.insert(contentsOf: bytes[place..<end], at: Int(random.next() % UInt64(bytes.count)))
      default: bytes.removeSubrange(place..<min(bytes.count, place + Int(random.next() % 40)))
      }
      if bytes.isEmpty { bytes = [byte] }
    }
    return bytes
  }
}
