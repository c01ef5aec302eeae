import SluiceCore
import SluiceRules
import SluiceTestSupport
import Testing

@testable import SluiceDaemon

@Suite struct ProbationTests {
  private static let hit = "p.t.new"
  private let directory = TemporaryDirectory()
  private let options = ProbationGuard.Options(
    duration: Nanoseconds(seconds: 3600), minItems: 10, sharePercent: 20)

  private var path: String { directory.path + "/probation.json" }

  private func id(_ number: Int) -> ItemID { ItemID(milliseconds: UInt64(number), random: (0, 0)) }

  /// A set with these rules, as their ids and what their digests are made of.
  private func set(_ rules: [(String, UInt8, Severity)]) -> RuleSet {
    let file = SourceText(path: "t.yaml", text: "")
    let span = SourceSpan(file: file, line: 1, column: 1)
    let made = rules.map { id, digest, severity in
      Rule(
        id: id, title: "", why: "", severity: severity, score: severity.score, group: nil,
        languages: [], patterns: [], condition: .or([]), scope: .document, except: [],
        mode: .enforce, action: nil, sealed: false, references: [], tags: [], match: [], pass: [],
        digest: Digest(bytes: [UInt8](repeating: digest, count: 32))!, span: span)
    }
    let pack = Pack(
      id: "p", version: PackVersion("1.0.0")!, title: "", covers: [], doesNotCover: [], licence: "",
      languages: [], references: [], cap: nil, exceptions: [], rules: made, protected: [],
      signer: nil, directory: "", digest: Digest(bytes: [UInt8](repeating: 1, count: 32))!,
      span: span)
    return RuleSet(
      packs: [pack], overrides: [], digest: Digest(bytes: [UInt8](repeating: 2, count: 32))!,
      warnings: [])
  }

  private func live(_ rules: [(String, UInt8)]) -> LiveRules {
    var live = LiveRules()
    live.generation = "old"
    for (id, digest) in rules {
      live.rules[id] = Digest(bytes: [UInt8](repeating: digest, count: 32))!.description
    }
    return live
  }

  private func quarantined(by rules: [String]) -> Decision {
    Decision(
      verdict: .quarantine,
      findings: rules.map {
        Finding(
          rule: $0, pack: "p", packVersion: "1.0.0", harm: "p", severity: .high, score: 90)
      }, generation: "g")
  }

  private func guardian(_ before: LiveRules, _ rules: [(String, UInt8, Severity)]) throws
    -> ProbationGuard
  {
    let guardian = try ProbationGuard(path: path, options: options, clock: .system)
    try guardian.adopt(set(rules), before: before, options: options)
    return guardian
  }

  @Test("The rules of a first installation are not new")
  func first() throws {
    let guardian = try guardian(LiveRules(), [(Self.hit, 1, .high)])
    #expect(guardian.entries.isEmpty)
  }

  @Test("New and changed rules are on probation, known and exempt ones are not")
  func adopts() throws {
    let guardian = try guardian(
      live([("p.t.old", 1), ("p.t.changed", 1)]),
      [
        ("p.t.old", 1, .high), ("p.t.changed", 2, .high), ("p.t.new", 1, .low),
        ("p.t.grave", 1, .critical),
      ])
    #expect(guardian.entries.map(\.rule) == ["p.t.changed", "p.t.new"])
  }

  @Test("A new rule that alone stops more than its share is disarmed, and stays so over a restart")
  func disarms() throws {
    let before = live([("p.t.old", 1)])
    let rules: [(String, UInt8, Severity)] = [("p.t.old", 1, .high), (Self.hit, 1, .high)]
    let guardian = try guardian(before, rules)
    var alarms: [ProbationAlarm] = []
    for number in 0..<10 {
      #expect(guardian.disarmed.isEmpty)
      alarms += guardian.observe(id(number), quarantined(by: [Self.hit])) { _ in .pass }
    }
    guard case .disarmed(let entry)? = alarms.first else {
      Issue.record("no alarm")
      return
    }
    #expect(alarms.count == 1 && entry.hits == 10 && entry.hitItems.count == 10)
    #expect(guardian.disarmed == [Self.hit])
    let again = try ProbationGuard(path: path, options: options, clock: .system)
    #expect(again.disarmed == [Self.hit])
    // The same rule in the next set stays disarmed; a mended one starts anew; armed by hand too.
    try again.adopt(set(rules), before: before, options: options)
    #expect(again.disarmed == [Self.hit])
    #expect(try again.rearm(Self.hit))
    #expect(again.disarmed.isEmpty && again.entries.count == 1)
    try again.adopt(set([("p.t.old", 1, .high)]), before: before, options: options)
    #expect(again.entries.isEmpty)
  }

  @Test("Items that another rule would stop as well do not count against a new one")
  func shared() throws {
    let guardian = try guardian(
      live([("p.t.old", 1)]), [("p.t.old", 1, .high), (Self.hit, 1, .high)])
    for number in 0..<50 {
      let alarms = guardian.observe(id(number), quarantined(by: ["p.t.old", Self.hit])) { _ in
        .quarantine
      }
      #expect(alarms.isEmpty)
    }
    #expect(guardian.disarmed.isEmpty)
  }

  @Test("Rules of one update that stop items only together are disarmed together")
  func together() throws {
    let guardian = try guardian(
      live([("p.t.old", 1)]), [("p.t.a", 1, .high), ("p.t.b", 1, .high)])
    for number in 0..<10 {
      _ = guardian.observe(id(number), quarantined(by: ["p.t.a", "p.t.b"])) { without in
        without.count == 2 ? .pass : .quarantine
      }
    }
    #expect(guardian.disarmed == ["p.t.a", "p.t.b"])
  }

  @Test("A share at the bound is not above it")
  func bound() throws {
    let guardian = try guardian(live([("x", 1)]), [(Self.hit, 1, .high)])
    for number in 0..<100 {
      let decision =
        number % 5 == 4 ? quarantined(by: [Self.hit]) : Decision(verdict: .pass, generation: "g")
      _ = guardian.observe(id(number), decision) { _ in .pass }
    }
    #expect(guardian.disarmed.isEmpty)
    #expect(guardian.entries.first?.hits == 20)
  }

  @Test("An old rule that floods raises one alarm and keeps acting")
  func flood() throws {
    let guardian = try guardian(live([("p.t.old", 1)]), [("p.t.old", 1, .high)])
    var alarms: [ProbationAlarm] = []
    for number in 0..<100 {
      alarms += guardian.observe(id(number), quarantined(by: ["p.t.old"])) { _ in .pass }
    }
    #expect(alarms == [.flood(rule: "p.t.old", items: 10, hits: 10)])
    #expect(guardian.disarmed.isEmpty)
  }

  @Test("Probation ends after its hours of running")
  func ends() throws {
    let time = Monitor<UInt64>(0)
    let clock = Clock(
      now: { Timestamp(microseconds: 0) }, monotonic: { time.withLock { $0 } })
    let guardian = try ProbationGuard(path: path, options: options, clock: clock)
    try guardian.adopt(set([(Self.hit, 1, .high)]), before: live([("x", 1)]), options: options)
    time.withLock { $0 = 3599 * 1_000_000_000 }
    #expect(try guardian.tick() == [])
    time.withLock { $0 = 3600 * 1_000_000_000 }
    #expect(try guardian.tick() == [Self.hit])
    #expect(guardian.entries.isEmpty)
  }

  @Test("A damaged state stops the start instead of arming what was disarmed")
  func damaged() {
    directory.write("probation.json", "{\"format\":1,\"probation\":[{}]}")
    #expect(throws: FileFailure.self) {
      try ProbationGuard(path: path, options: options, clock: .system)
    }
  }
}
