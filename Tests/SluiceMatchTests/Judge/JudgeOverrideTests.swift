import SluiceCore
import SluiceRules
import Testing

@testable import SluiceMatch

@Suite struct JudgeOverrideTests {
  private func fixture(_ keys: String) throws -> JudgeFixture {
    let lines = keys.split(separator: "\n").map { "    \($0)" }.joined(separator: "\n")
    return try JudgeFixture(
      rules: JudgeFixture.rule("a", patterns: ["p": "alpha"]),
      overrides: """
          - rule: fraud.test.a
            reason: our own forms
            owner: ops
        \(lines)
        """)
  }

  @Test("An override by pattern ignores only matches that the pattern overlaps")
  func pattern() throws {
    let fixture = try fixture("effect: ignore\npattern: 'alpha form \\d{2}'")
    #expect(try fixture.examine("the alpha form 12").findings.isEmpty)
    #expect(
      try fixture.explanation().ignored.map(\.reason) == ["override by ops: our own forms"])
    let other = try fixture.examine("the alpha form 12 and alpha again")
    #expect(other.findings.first?.places.map(\.column) == [23])
  }

  @Test("An override by source applies to that source alone")
  func source() throws {
    let fixture = try fixture("effect: ignore\nsource: forms-*")
    let from = { (source: String) in ItemContext(name: [], source: source) }
    #expect(try fixture.examine("alpha", context: from("forms-eu")).findings.isEmpty)
    #expect(try fixture.examine("alpha", context: from("mail")).findings.count == 1)
  }

  @Test("An override by digest applies to that file alone")
  func digest() throws {
    let fixture = try fixture(
      "effect: ignore\nsha256: \(JudgeFixture.digests(of: "alpha one").sha256)")
    #expect(try fixture.examine("alpha one").findings.isEmpty)
    #expect(try fixture.examine("alpha two").findings.count == 1)
  }

  @Test("A rule can be put in shadow, scored anew, or switched off")
  func effects() throws {
    #expect(try fixture("effect: shadow").examine("alpha").findings.map(\.mode) == [.shadow])
    #expect(try fixture("effect: score\nscore: 85").examine("alpha").verdict == .quarantine)
    #expect(try fixture("effect: off").examine("alpha").findings.isEmpty)
  }

  @Test("An override that ended while running no longer applies")
  func ended() throws {
    let fixture = try fixture("effect: off\nuntil: 2027-01-01")
    var context = ItemContext(name: [])
    context.now = Timestamp("2026-12-01T00:00:00Z")
    #expect(try fixture.examine("alpha", context: context).findings.isEmpty)
    context.now = Timestamp("2027-01-03T00:00:00Z")
    #expect(try fixture.examine("alpha", context: context).findings.count == 1)
  }

  @Test("An override whose pattern is no expression is a diagnostic at its place")
  func broken() throws {
    let fixture = try fixture("effect: ignore\npattern: 'alpha('")
    let found = try #require(fixture.diagnostics.first { $0.severity == .error })
    #expect(found.path.hasSuffix("overrides.yaml"))
    #expect(found.line == 6)
    #expect(fixture.matcher == nil)
  }
}
