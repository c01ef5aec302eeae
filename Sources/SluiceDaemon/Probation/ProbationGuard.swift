import SluiceCore
import SluiceRules

/// Watches rules that an update brought new or changed, and disarms one that would stop everything.
/// Its state outlives restarts; the share is measured over items, never over time.
package final class ProbationGuard: Sendable {
  package struct Options: Sendable, Hashable {
    /// How long probation lasts while the daemon runs; zero switches the guard off.
    package var duration: Nanoseconds
    package var minItems: Int
    package var sharePercent: Int

    package init(duration: Nanoseconds, minItems: Int, sharePercent: Int) {
      self.duration = duration
      self.minItems = minItems
      self.sharePercent = sharePercent
    }

    package init(_ config: Config) {
      self.init(
        duration: Nanoseconds(seconds: config.probationHours * 3600),
        minItems: config.probationMinItems, sharePercent: config.probationSharePercent)
    }
  }

  private struct State {
    var options: Options
    var entries: [String: ProbationEntry]
    /// Items and hits of rules not on probation in the window under way.
    var windowItems = 0
    var windowHits: [String: Int] = [:]
    /// When an old rule's alarm was raised last (monotonic).
    var alarmed: [String: UInt64] = [:]
    var accounted: UInt64
    var isDirty = false

    var armed: Set<String> {
      options.duration == .zero
        ? [] : Set(entries.values.lazy.filter { $0.disarmed == nil }.map(\.rule))
    }
  }

  private static let quiet: UInt64 = 3600 * 1_000_000_000

  private let path: String
  private let clock: Clock
  private let state: Monitor<State>

  /// Reads the state at `path`; none is an empty one.
  /// - Throws: `FileFailure` where there is one that cannot be read or understood: going on without
  ///   it would arm what was disarmed.
  package init(path: String, options: Options, clock: Clock) throws(FileFailure) {
    self.path = path
    self.clock = clock
    var entries: [String: ProbationEntry] = [:]
    for entry in try Self.read(path) { entries[entry.rule] = entry }
    state = Monitor(State(options: options, entries: entries, accounted: clock.monotonic()))
  }

  /// Takes over a set that goes live: rules that are new or changed are put on probation, those that
  /// are gone or mended leave it.
  /// - Parameters:
  ///   - before: the set that was live last; without one nothing is new.
  /// - Throws: `FileFailure` where the state cannot be kept; the set must not go live then.
  package func adopt(_ rules: RuleSet, before: LiveRules, options: Options) throws(FileFailure) {
    let now = clock.now()
    let entries = state.withLock { state in
      var next: [String: ProbationEntry] = [:]
      for pack in rules.packs {
        for rule in pack.rules where !Self.isExempt(rule) {
          let digest = rule.digest.description
          if let entry = state.entries[rule.id], entry.digest == digest {
            next[rule.id] = entry
          } else if before.generation != nil, before.rules[rule.id] != digest {
            next[rule.id] = ProbationEntry(
              rule: rule.id, pack: pack.id, digest: digest, since: now)
          }
        }
      }
      return next
    }
    try write(entries)
    state.withLock { state in
      state.entries = entries
      state.options = options
      state.windowItems = 0
      state.windowHits = [:]
      state.isDirty = false
    }
  }

  /// Rules that are disarmed, for the judging of the next item.
  package var disarmed: Set<String> {
    state.withLock { state in
      Set(state.entries.values.lazy.filter { $0.disarmed != nil }.map(\.rule))
    }
  }

  /// All rules on probation or disarmed, in order of id.
  package var entries: [ProbationEntry] {
    state.withLock { $0.entries.values.sorted { $0.rule < $1.rule } }
  }

  /// Counts one judged item.
  /// - Parameter verdictWithout: the verdict the item would have had without those rules.
  package func observe(
    _ item: ItemID, _ decision: Decision, verdictWithout: (Set<String>) -> Verdict
  ) -> [ProbationAlarm] {
    let armed = state.withLock(\.armed)
    var blamed: Set<String> = []
    if decision.verdict == .quarantine {
      let acting = Set(
        decision.findings.lazy.filter { $0.mode == .enforce && !$0.disarmed && !$0.sealed }
          .map(\.rule))
      for rule in acting where verdictWithout([rule]) != .quarantine { blamed.insert(rule) }
      // Several rules of one update can stop an item together, so that none of them is to blame
      // alone: a definition that they share went wrong.
      let together = acting.intersection(armed)
      if together.count > 1, blamed.isDisjoint(with: together),
        verdictWithout(together) != .quarantine
      {
        blamed.formUnion(together)
      }
    }
    let alarms = state.withLock { count(item, blamed: blamed, in: &$0) }
    if alarms.contains(where: { if case .disarmed = $0 { true } else { false } }) {
      // In memory the rule is disarmed already; a state that cannot be written now is written at the
      // next chance, and the record of the alarm is durable by itself.
      try? save()
    }
    return alarms
  }

  /// Adds the time that has passed to every probation, ends those that are over, and keeps the state
  /// if it changed.
  /// - Returns: rules whose probation ended.
  package func tick() throws(FileFailure) -> [String] {
    let now = clock.monotonic()
    let ended = state.withLock { state in
      let passed = now - state.accounted
      state.accounted = now
      var ended: [String] = []
      for (rule, var entry) in state.entries where entry.disarmed == nil {
        entry.running += passed
        state.entries[rule] = entry
        state.isDirty = true
        if entry.running >= state.options.duration.count {
          state.entries[rule] = nil
          ended.append(rule)
        }
      }
      return ended.sorted()
    }
    try save()
    return ended
  }

  /// Lets a disarmed rule act again; its probation starts anew.
  /// - Returns: false if it is not disarmed.
  package func rearm(_ rule: String) throws(FileFailure) -> Bool {
    let now = clock.now()
    let isDone = state.withLock { state in
      guard let entry = state.entries[rule], entry.disarmed != nil else { return false }
      state.entries[rule] = ProbationEntry(
        rule: rule, pack: entry.pack, digest: entry.digest, since: now)
      state.isDirty = true
      return true
    }
    if isDone { try save() }
    return isDone
  }

  /// Keeps the state, if it changed since it was kept last.
  package func save() throws(FileFailure) {
    let entries = state.withLock { state -> [String: ProbationEntry]? in
      guard state.isDirty else { return nil }
      state.isDirty = false
      return state.entries
    }
    guard let entries else { return }
    do {
      try write(entries)
    } catch {
      state.withLock { $0.isDirty = true }
      throw error
    }
  }

  private func count(_ item: ItemID, blamed: Set<String>, in state: inout State)
    -> [ProbationAlarm]
  {
    var alarms: [ProbationAlarm] = []
    let options = state.options
    for (rule, var entry) in state.entries where entry.disarmed == nil {
      entry.items += 1
      if blamed.contains(rule) {
        entry.hits += 1
        if entry.hitItems.count < ProbationEntry.most { entry.hitItems.append(item) }
      }
      if options.duration > .zero, entry.items >= options.minItems,
        entry.hits * 100 > options.sharePercent * entry.items
      {
        entry.disarmed = clock.now()
        alarms.append(.disarmed(entry))
      }
      state.entries[rule] = entry
      state.isDirty = true
    }
    state.windowItems += 1
    for rule in blamed where state.entries[rule] == nil {
      state.windowHits[rule, default: 0] += 1
    }
    if state.windowItems >= options.minItems {
      let now = clock.monotonic()
      for (rule, hits) in state.windowHits.sorted(by: { $0.key < $1.key })
      where hits * 100 > options.sharePercent * state.windowItems {
        if let last = state.alarmed[rule], now - last < Self.quiet { continue }
        state.alarmed[rule] = now
        alarms.append(.flood(rule: rule, items: state.windowItems, hits: hits))
      }
      state.windowItems = 0
      state.windowHits = [:]
    }
    return alarms
  }

  /// Rules that stand on digests, critical rules and forced actions act whatever they hit.
  package static func isExempt(_ rule: Rule) -> Bool {
    rule.severity == .critical || rule.action != nil || rule.sealed
      || rule.patterns.contains { if case .digests = $0.kind { true } else { false } }
  }

  private func write(_ entries: [String: ProbationEntry]) throws(FileFailure) {
    let list = entries.values.sorted { $0.rule < $1.rule }.map(\.json)
    let json = JSON.object([.init("format", .int(1)), .init("probation", .array(list))])
    try StateFile.replace(path, with: json.bytes + [10])
  }

  private static func read(_ path: String) throws(FileFailure) -> [ProbationEntry] {
    let bytes: [UInt8]
    do {
      bytes = try StateFile.read(path)
    } catch {
      if error.isMissing { return [] }
      throw error
    }
    guard let json = try? JSON(parsing: bytes), json["format"] == .int(1),
      case .array(let values)? = json["probation"]
    else { throw FileFailure.damaged(path) }
    var entries: [ProbationEntry] = []
    for value in values {
      guard let entry = ProbationEntry(json: value) else {
        throw FileFailure.damaged(path)
      }
      entries.append(entry)
    }
    return entries
  }
}
