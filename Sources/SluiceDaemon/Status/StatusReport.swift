import Glibc
import SluiceCore
import SluiceSpool

/// What `GET /status` answers: one object, made anew for each request.
package struct StatusReport {
  private static let shown = 100

  let parts: Parts

  package init(_ parts: Parts) { self.parts = parts }

  package var json: JSON {
    let now = parts.clock.now()
    let intake = parts.intake.status
    let pause = parts.gate.pause
    let values = parts.counters.values
    return .object([
      .init("version", .string(SluiceVersion.text)), .init("pid", .int(Int(getpid()))),
      .init("state", .string(pause == nil && intake.paused == nil ? "running" : "paused")),
      .init("started", .string(parts.started.description)),
      .init("uptime_seconds", .int(Self.seconds(from: parts.started, to: now))),
      .init("spool", .string(parts.spool.path)),
      .init("mode", .string(parts.config.spoolMode.rawValue)),
      .init("workers", .int(parts.workers)),
      .init("paused", Self.paused(pause, intake: intake.paused)),
      .init("queue", queue(intake, now: now)),
      .init("items", items(values)),
      .init(
        "kept",
        .object([
          .init("bytes", .int(parts.spool.keptBytes)),
          .init("limit_bytes", .int(parts.config.quarantineBytes)),
        ])),
      .init("rules", rules),
      .init("decoders", .array(Decoders.names(parts.child).map(JSON.string))),
      .init("probation", .array(parts.guardian.entries.map(Self.probation))),
      .init("alarm_count", .int(values.alarmCount)),
      .init("alarms", .array(values.alarms.map(Self.alarm))),
      .init("unclaimable", Self.unclaimable(intake)),
      .init(
        "log",
        .object([
          .init("path", .string(parts.config.logPath)),
          .init("durable_seq", .int(parts.recorder.log.durableSeq)),
          .init("unsealed", .bool(parts.inbox.unsealed != nil)),
          .init(
            "rotation_failure",
            parts.recorder.log.rotationFailure.map { .string($0.description) } ?? .null),
        ])),
      .init("memory_bytes", .int(Machine.residentBytes)),
      .init("confinement", Machine.confinement(parts.child)),
    ])
  }

  /// For the service manager's status line.
  package var line: String {
    let values = parts.counters.values
    let intake = parts.intake.status
    if let reason = parts.gate.pause?.reason ?? intake.paused { return "paused: \(reason)" }
    func count(_ verdict: Verdict) -> Int { values.verdicts[verdict] ?? 0 }
    return
      "\(intake.queued + parts.queue.counts.ready) waiting, \(count(.pass)) passed, \(count(.annotate)) annotated, \(count(.quarantine)) quarantined, \(count(.hold)) held"
      + (parts.store.refusal == nil ? "" : "; the rules on disk were refused")
  }

  private static func paused(_ pause: PauseGate.Pause?, intake: String?) -> JSON {
    if let pause {
      return .object([
        .init("part", .string(pause.part.rawValue)), .init("reason", .string(pause.reason)),
        .init("since", .string(pause.since.description)),
      ])
    }
    guard let intake else { return .null }
    return .object([.init("part", .string("intake")), .init("reason", .string(intake))])
  }

  private func queue(_ intake: IntakeStatus, now: Timestamp) -> JSON {
    let counts = parts.queue.counts
    return .object([
      .init("incoming", .int(intake.queued)),
      .init("oldest", intake.oldest.map { .string($0.description) } ?? .null),
      .init(
        "oldest_age_seconds", intake.oldest.map { .int(Self.seconds(from: $0, to: now)) } ?? .null),
      .init("claimed", .int(counts.ready)), .init("examining", .int(counts.examining)),
      .init("writing", .int(counts.later + intake.waitingForWriters)),
      .init("claimed_total", .int(intake.claimed)),
      .init("watching", .string(intake.watching.rawValue)),
    ])
  }

  private func items(_ values: Counters.Values) -> JSON {
    .object([
      .init("passed", .int(values.verdicts[.pass] ?? 0)),
      .init("annotated", .int(values.verdicts[.annotate] ?? 0)),
      .init("quarantined", .int(values.verdicts[.quarantine] ?? 0)),
      .init("held", .int(values.verdicts[.hold] ?? 0)),
      .init("bytes", .int(values.bytes)), .init("findings", .int(values.findings)),
      .init(
        "harms",
        .object(values.harms.sorted { $0.key < $1.key }.map { .init($0.key, .int($0.value)) })),
      .init(
        "unexamined",
        .object(
          values.unexamined.sorted { $0.key.rawValue < $1.key.rawValue }
            .map { .init($0.key.rawValue, .int($0.value)) })),
    ])
  }

  private var rules: JSON {
    let generation = parts.store.current
    let values = parts.counters.values
    let set = generation.matcher.ruleSet
    return .object([
      .init("generation", .string(generation.name)), .init("number", .int(generation.number)),
      .init("loaded", .string(generation.loaded.description)),
      .init("rules", .int(set.packs.reduce(0) { $0 + $1.rules.count })),
      .init("packs", .array(set.packs.map(RuleStore.packJSON))),
      .init("overrides", .int(set.overrides.count)),
      .init("policies", .array(generation.policies.map { .string($0.name) })),
      .init("warnings", .int(generation.warnings)),
      .init("jit", Engine.jit(generation.matcher).map(JSON.bool) ?? .null),
      .init("engine", Engine.json(generation.matcher)),
      .init("reloads_accepted", .int(values.reloadsAccepted)),
      .init("reloads_refused", .int(values.reloadsRefused)),
      .init("refused", refused),
    ])
  }

  private var refused: JSON {
    guard let refusal = parts.store.refusal else { return .null }
    return .object([
      .init("since", .string(refusal.since.description)),
      .init("errors", .int(refusal.diagnostics.count { $0.severity == .error })),
      .init(
        "diagnostics",
        .array(
          refusal.diagnostics.filter { $0.severity == .error }.prefix(Self.shown)
            .map(Self.diagnostic))),
    ])
  }

  /// A diagnostic with its text for a person.
  static func diagnostic(_ diagnostic: Diagnostic) -> JSON {
    guard case .object(let members) = diagnostic.json else { return .null }
    return .object(members + [.init("rendered", .string(diagnostic.rendered))])
  }

  static func probation(_ entry: ProbationEntry) -> JSON {
    .object([
      .init("rule", .string(entry.rule)), .init("pack", .string(entry.pack)),
      .init("since", .string(entry.since.description)),
      .init("running_seconds", .int(Int(entry.running / 1_000_000_000))),
      .init("items", .int(entry.items)), .init("hits", .int(entry.hits)),
      .init("disarmed", entry.disarmed.map { .string($0.description) } ?? .null),
    ])
  }

  private static func alarm(_ alarm: Counters.Alarm) -> JSON {
    .object([
      .init("time", .string(alarm.time.description)), .init("kind", .string(alarm.kind)),
      .init("message", .string(alarm.message)),
    ])
  }

  private static func unclaimable(_ intake: IntakeStatus) -> JSON {
    .object([
      .init("count", .int(intake.unclaimableCount)),
      .init(
        "files",
        .array(
          intake.unclaimable.prefix(shown).map { file in
            .object([
              .init("path", .string(Display.name(file.path))),
              .init("reason", .string(file.reason.rawValue)),
              .init("detail", .string(file.detail)),
              .init("since", .string(file.since.description)),
            ])
          })),
    ])
  }

  private static func seconds(from start: Timestamp, to end: Timestamp) -> Int {
    Int(max(0, (end.microseconds - start.microseconds) / 1_000_000))
  }
}
