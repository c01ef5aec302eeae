import SluiceCore
import SluiceRules
import Testing

@testable import SluiceMatch

@Suite struct JudgeScoreTests {
  private static let filler = String(repeating: "x ", count: 2000)

  private func two(_ more: String = "", manifest: String = "") throws -> JudgeFixture {
    try JudgeFixture(
      rules: JudgeFixture.rule("a", patterns: ["p": "alpha"], more: more)
        + JudgeFixture.rule("b", severity: "low", patterns: ["p": "beta"], more: more),
      manifest: manifest)
  }

  private func context(_ change: (inout Policy) -> Void) -> ItemContext {
    var policy = Policy.standard
    policy.name = "strict"
    change(&policy)
    return ItemContext(name: [], policy: policy)
  }

  @Test("Scores within 4,000 characters are added, and the sum is the reason")
  func added() throws {
    let fixture = try two()
    let decision = try fixture.examine("alpha beta")
    #expect(decision.scores == ["fraud": 90])
    #expect(decision.verdict == .quarantine)
    #expect(decision.reasons == ["fraud 90 ≥ 80"])
    #expect(decision.policy == nil)
  }

  @Test("Scores farther apart are not, and the highest window counts")
  func apart() throws {
    let fixture = try two()
    let decision = try fixture.examine("alpha " + Self.filler + "beta")
    #expect(decision.scores == ["fraud": 70])
    #expect(decision.reasons == ["fraud 70 ≥ 40"])
    let near = try fixture.examine("alpha " + Self.filler.dropLast(20) + "beta")
    #expect(near.scores == ["fraud": 90])
  }

  @Test("A rule scores once an item, however often it matches")
  func once() throws {
    #expect(try two().examine("alpha alpha alpha").scores == ["fraud": 70])
  }

  @Test("Findings in other segments of the document, and in names, count in every window")
  func segments() throws {
    let fixture = try two()
    let other = try fixture.examine("alpha") { examiner in
      fixture.feed(Self.filler + Self.filler + "beta", into: examiner, path: "second")
    }
    #expect(other.scores == ["fraud": 90])
    #expect(try fixture.examine("alpha", name: "beta").scores == ["fraud": 90])
  }

  @Test("Rules of one group count their highest")
  func group() throws {
    let fixture = try two("group: g")
    let decision = try fixture.examine("alpha beta")
    #expect(decision.scores == ["fraud": 70])
    #expect(decision.findings.map(\.score) == [70, 0])
    #expect(try fixture.explanation().windows.first?.parts.map(\.counts) == [true, false])
  }

  @Test("Scores are bounded at 100, and the arithmetic is shown")
  func bound() throws {
    let fixture = try JudgeFixture(
      rules: JudgeFixture.rule("a", severity: "critical", patterns: ["p": "alpha"])
        + JudgeFixture.rule("b", patterns: ["p": "beta"]))
    #expect(try fixture.examine("alpha\nbeta").scores == ["fraud": 100])
    let window = try #require(try fixture.explanation().windows.first)
    #expect(window.sum == 170 && window.score == 100)
    #expect(window.lines == 1...2)
  }

  @Test("A policy moves thresholds, caps a harm, chooses packs, and is named")
  func policy() throws {
    let fixture = try two()
    let strict = try fixture.examine("alpha", context: context { $0.quarantine = 70 })
    #expect(strict.verdict == .quarantine)
    #expect(strict.policy == "strict")
    let capped = try fixture.examine(
      "alpha beta", context: context { $0.caps["fraud"] = .annotate })
    #expect(capped.verdict == .annotate)
    #expect(capped.reasons == ["fraud 90 ≥ 80, capped at annotate"])
    let other = try fixture.examine("alpha beta", context: context { $0.packs = ["other"] })
    #expect(other.findings.isEmpty && other.verdict == .pass)
  }

  @Test("The pack's own cap holds against a forced action")
  func cap() throws {
    let forced = try two("action: quarantine")
    #expect(try forced.examine("beta").verdict == .quarantine)
    let capped = try two("action: quarantine", manifest: "cap: annotate")
    #expect(try capped.examine("beta alpha").verdict == .annotate)
  }

  @Test("A shadow rule is recorded last and never counts")
  func shadow() throws {
    let fixture = try JudgeFixture(
      rules: JudgeFixture.rule(
        "a", severity: "critical", patterns: ["p": "alpha"],
        more: "mode: shadow\naction: quarantine")
        + JudgeFixture.rule("b", severity: "low", patterns: ["p": "beta"]))
    let decision = try fixture.examine("alpha beta")
    #expect(decision.verdict == .pass)
    #expect(decision.scores == ["fraud": 20])
    #expect(decision.findings.map(\.mode) == [.enforce, .shadow])
  }

  @Test("What only a disarmed rule would quarantine is held")
  func disarmed() throws {
    let fixture = try two()
    var context = ItemContext(name: [])
    context.disarmed = ["fraud.test.b"]
    let decision = try fixture.examine("alpha beta", context: context)
    #expect(decision.verdict == .hold)
    #expect(try fixture.verdict(without: ["fraud.test.b"]) == .annotate)
    #expect(try fixture.examine("alpha", context: context).verdict == .annotate)
  }

  @Test("A gap holds unless the policy says otherwise, and quarantine outranks it")
  func gaps() throws {
    let fixture = try two()
    let gap = ExtractionSummary(
      examined: .nothing,
      unexamined: [Unexamined(segment: "a.zip", cause: .noDecoder, detail: "an archive")])
    #expect(try fixture.examine("", extraction: gap).verdict == .hold)
    #expect(try fixture.examine("alpha beta", extraction: gap).verdict == .quarantine)
    let lenient = context { $0.unexamined[.noDecoder] = .pass }
    #expect(try fixture.examine("", context: lenient, extraction: gap).verdict == .pass)
    #expect(try fixture.examine("", extraction: gap, allowances: ["no_decoder"]).verdict == .pass)
  }

  @Test("An allowance for the digest keeps a rule from counting, and is explained")
  func allowance() throws {
    let fixture = try two()
    let decision = try fixture.examine("alpha beta", allowances: ["fraud.test.a"])
    #expect(decision.scores == ["fraud": 20])
    #expect(try fixture.explanation().ignored.map(\.rule) == ["fraud.test.a"])
  }
}
