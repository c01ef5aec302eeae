import Glibc
import SluiceCore
import SluiceLog
import SluiceSpool
import SluiceTestSupport
import Synchronization
import Testing

@testable import SluiceActions

/// A spool, a log and a toy judge in a directory of their own; started and stopped as often as a
/// test wants, with a crash or a fault at any step.
final class Site {
  let temporary = TemporaryDirectory()
  var spoolPath: String { temporary.path + "/spool" }
  var logPath: String { temporary.path + "/log" }
  let steps = Steps()
  let seen = Seen()

  /// What hooks told, and what the clock says.
  final class Seen: Sendable {
    let time = Mutex<Int64>(1_790_000_000_000_000)
    let returned = Mutex<[Claim]>([])
    let committed = Mutex<[Committed]>([])
    let faults = Mutex<[String]>([])
  }
  var options: ActionOptions {
    ActionOptions(messages: messages) { [steps] (step) throws(ActionError) in
      try steps.reach(step)
    }
  }
  var messages = Messages.none
  private(set) var journal: Journal!
  private(set) var plan = RecoveryPlan()

  /// Counts the steps of actions, and ends the work or fails one of them.
  final class Steps: Sendable {
    struct State {
      var count = 0
      var reached: [Step] = []
      var stopAt: Int?
      var fault: (step: Step, error: ActionError)?
    }
    let state = Mutex(State())

    func reach(_ step: Step) throws(ActionError) {
      try state.withLock { (state) throws(ActionError) in
        state.count += 1
        state.reached.append(step)
        if let stopAt = state.stopAt, state.count > stopAt {
          throw ActionError(.stopped, "the test stops before step \(state.count), \(step)")
        }
        if let fault = state.fault, fault.step == step {
          state.fault = nil
          throw fault.error
        }
      }
    }

    func begin(stopAt: Int? = nil, fault: (step: Step, error: ActionError)? = nil) {
      state.withLock { $0 = State(stopAt: stopAt, fault: fault) }
    }

    var count: Int { state.withLock { $0.count } }
    var reached: [Step] { state.withLock { $0.reached } }
  }

  init() throws { try open() }

  deinit { journal = nil }

  /// Opens spool and log as a start does, without recovery.
  func open(tidies: Bool = true) throws {
    journal = nil
    let clock = Clock(
      now: { [seen] in Timestamp(microseconds: seen.time.withLock { $0 }) }, monotonic: { 0 })
    let spool = try Spool.open(
      spoolPath, options: SpoolOptions(), clock: .system, tidies: tidies)
    let (log, _) = try LogWriter.open(
      LogOptions(directory: logPath, keyDirectory: temporary.path + "/keys"), clock: clock)
    journal = try Journal(spool: spool, log: log, options: options, clock: clock)
  }

  /// Gives spool and log up.
  func close() { journal = nil }

  /// Ends the process in the middle: nothing is closed in order.
  func crash() throws { try open() }

  func recover() throws { plan = try Recovery.run(journal, logDirectory: logPath) }

  /// All that a daemon does from its start until its queue is empty.
  func runOnce() throws {
    try recover()
    for claim in plan.undecided { try commit([claim]) }
    let intake = try Intake(spool: journal.spool)
    while true {
      let claims = try intake.next(timeoutNanoseconds: 0)
      if claims.isEmpty { break }
      try commit(claims)
    }
    try committer.saveMark()
  }

  var committer: Committer {
    Committer(
      journal: journal,
      hooks: .init(
        committed: { [seen] items in seen.committed.withLock { $0 += items } },
        fault: { [seen] error in
          if let error { seen.faults.withLock { $0.append(error.message) } }
        },
        returned: { [seen] claims in seen.returned.withLock { $0 += claims } }))
  }

  func commit(_ claims: [Claim]) throws {
    let decided = try claims.compactMap(judge)
    if !decided.isEmpty { try committer.commit(decided) }
  }

  /// `bad` is quarantined, `note` annotated, `odd` held, all else passes.
  func judge(_ claim: Claim) throws -> Decided? {
    let result = try journal.spool.open(claim)
    switch consume result {
    case .ready(let item):
      let file = OpenFile(descriptor: fcntl(item.descriptor, F_DUPFD_CLOEXEC, 0))
      let (sha256, size) = try file.digest()
      let text = String(decoding: try file.readAll(upTo: 1 << 20), as: UTF8.self)
      let facts = item.facts(claim: claim, size: size, sha256: sha256)
      return Decided(facts: facts, decision: Self.decision(on: text, claim))
    default: return nil
    }
  }

  static func decision(on text: String, _ claim: Claim) -> Decision {
    func finding(_ rule: String, _ word: String, sealed: Bool = false) -> Finding {
      let offset = text.utf8.count - text.range(of: word)!.count
      return Finding(
        rule: rule, pack: "toy", packVersion: "1.0.0", harm: "toy", severity: .high, score: 90,
        sealed: sealed,
        places: [
          Place(
            pattern: "p", segment: "x", view: .text, line: 1, column: 1, offset: offset,
            length: word.utf8.count, excerpt: word)
        ])
    }
    if text.contains("sealed") {
      return Decision(
        verdict: .quarantine, scores: ["toy": 100],
        findings: [finding("toy.sealed", "sealed", sealed: true)], generation: "g")
    }
    if text.contains("bad") {
      return Decision(
        verdict: .quarantine, scores: ["toy": 90], findings: [finding("toy.bad", "bad")],
        generation: "g")
    }
    if text.contains("note") {
      return Decision(
        verdict: .annotate, scores: ["toy": 50], findings: [finding("toy.note", "note")],
        generation: "g")
    }
    if text.contains("odd") {
      return .held(claim, cause: .noDecoder, detail: "nothing decodes it", generation: "g")
    }
    return Decision(verdict: .pass, generation: "g")
  }

  var quarantine: Quarantine { Quarantine(journal: journal) }

  /// The first item that is kept.
  func only() throws -> KeptItem { try #require(try quarantine.list().items.first) }

  func drop(_ name: String, _ text: String) { temporary.write("spool/incoming/" + name, text) }

  func contents(_ path: String) -> String? {
    guard let file = fopen(spoolPath + "/" + path, "r") else { return nil }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    let count = fread(&bytes, 1, bytes.count, file)
    return String(decoding: bytes.prefix(count), as: UTF8.self)
  }

  /// All records so far.
  func records() throws -> [LogEntry] {
    let reader = try LogReader(logPath)
    var entries: [LogEntry] = []
    while let entry = try reader.next() { entries.append(entry) }
    return entries
  }
}

extension String {
  /// The end of the text from the first `word` on, which gives the word's place.
  fileprivate func range(of word: String) -> Substring.UTF8View? {
    var rest = self[...]
    while !rest.isEmpty {
      if rest.hasPrefix(word) { return rest.utf8 }
      rest = rest.dropFirst()
    }
    return nil
  }
}
