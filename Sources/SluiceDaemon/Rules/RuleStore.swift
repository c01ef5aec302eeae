import Logging
import SluiceCore
import SluiceLog
import SluiceMatch
import SluiceRules

/// The live generation, how it is replaced, and why the last attempt was refused.
package final class RuleStore: Sendable {
  /// What a load or reload came to.
  package struct Outcome: Sendable {
    package var accepted: Bool
    /// The generation that is live after it.
    package var generation: String?
    package var diagnostics: [Diagnostic]
    package var change: LiveRules.Change
  }

  /// The set on disk differs from the one that runs.
  package struct Refusal: Sendable {
    package var since: Timestamp
    package var diagnostics: [Diagnostic]
  }

  private struct State {
    var generation: Generation?
    var reading: ConfigReading
    var live: LiveRules
    var refusal: Refusal?
  }

  private static let recorded = 50

  private let source: ConfigSource
  private let guardian: ProbationGuard
  private let recorder: Recorder
  private let tested: TestCache
  private let compiled: CompiledCache
  private let livePath: String
  private let clock: Clock
  private let logger: Logger
  private let state: Monitor<State>

  /// - Parameter reading: the config the daemon started with.
  /// - Throws: `FileFailure` where the state of an earlier run cannot be read: without it a lower
  ///   version or an update could not be told.
  package init(
    source: ConfigSource, reading: ConfigReading, guardian: ProbationGuard, recorder: Recorder,
    clock: Clock, logger: Logger
  ) throws(FileFailure) {
    self.source = source
    self.guardian = guardian
    self.recorder = recorder
    self.clock = clock
    self.logger = logger
    let folder = reading.config.statePath
    livePath = folder + "/rules.json"
    tested = TestCache(path: folder + "/tested", engine: EngineIdentity.digest)
    compiled = CompiledCache(folder: folder + "/compiled") { note in
      logger.notice("\(note.text)")
    }
    state = Monitor(State(reading: reading, live: try Self.readLive(livePath)))
  }

  /// - Precondition: the first load was accepted.
  package var current: Generation { state.withLock { $0.generation! } }
  package var refusal: Refusal? { state.withLock(\.refusal) }
  package var config: Config { state.withLock { $0.reading.config } }

  /// Reads everything anew and goes over to it, or leaves all as it is. One thread at a time.
  package func load() throws(LogError) -> Outcome {
    let (old, live) = state.withLock { ($0.reading, $0.live) }
    let isFirst = state.withLock { $0.generation == nil }
    let reading = isFirst ? old : source.read()
    var diagnostics = reading.diagnostics
    if !isFirst { diagnostics += source.changesThatNeedRestart(from: old, to: reading) }
    var options = RuleLoader.Options()
    options.tested = tested
    options.compiled = compiled
    options.policies = reading.policies
    options.knownVersions = live.versions.compactMapValues { PackVersion($0) }
    let loading = RuleLoader.load(
      paths: reading.config.rulePaths, config: reading.config, options: options, clock: clock)
    diagnostics = DiagnosticBag.sort(diagnostics + loading.diagnostics)
    guard let matcher = loading.matcher, !diagnostics.contains(where: { $0.severity == .error })
    else { return try refuse(diagnostics) }
    var next = LiveRules()
    next.generation = loading.ruleSet.digest.description
    for pack in loading.ruleSet.packs {
      next.versions[pack.id] = pack.version.description
      for rule in pack.rules { next.rules[rule.id] = rule.digest.description }
    }
    do {
      try guardian.adopt(loading.ruleSet, before: live, options: .init(reading.config))
      try StateFile.replace(livePath, with: next.json.bytes + [10])
    } catch {
      diagnostics.append(
        Diagnostic(path: livePath, code: "cannot-keep-state", error.description))
      return try refuse(diagnostics)
    }
    let change = live.change(to: next)
    try recorder.record([Self.loaded(loading.ruleSet, matcher, change, diagnostics)])
    let generation = state.withLock { state in
      let generation = Generation(
        number: (state.generation?.number ?? 0) + 1, matcher: matcher,
        policies: reading.config.policies, loaded: clock.now(),
        warnings: diagnostics.count { $0.severity == .warning })
      state.generation = generation
      state.reading = reading
      state.live = next
      state.refusal = nil
      return generation
    }
    return Outcome(
      accepted: true, generation: generation.name, diagnostics: diagnostics, change: change)
  }

  private func refuse(_ diagnostics: [Diagnostic]) throws(LogError) -> Outcome {
    let running = state.withLock { state in
      state.refusal = Refusal(
        since: state.refusal?.since ?? clock.now(), diagnostics: diagnostics)
      return state.generation?.name
    }
    try recorder.record([
      LogRecord(
        .rulesRejected,
        [
          .init("generation", running.map(JSON.string) ?? .null),
          .init("errors", .int(diagnostics.count { $0.severity == .error })),
          .init("diagnostics", .array(diagnostics.prefix(Self.recorded).map(\.json))),
        ])
    ])
    return Outcome(
      accepted: false, generation: running, diagnostics: diagnostics, change: LiveRules.Change())
  }

  private static func loaded(
    _ rules: RuleSet, _ matcher: Matcher, _ change: LiveRules.Change, _ diagnostics: [Diagnostic]
  ) -> LogRecord {
    func names(_ ids: [String]) -> JSON { .array(ids.map(JSON.string)) }
    return LogRecord(
      .rulesLoaded,
      [
        .init("generation", .string(rules.digest.description)),
        .init("packs", .array(rules.packs.map(packJSON))),
        .init("overrides", .int(rules.overrides.count)),
        .init("added", names(change.added)), .init("removed", names(change.removed)),
        .init("changed", names(change.changed)),
        .init("warnings", .int(diagnostics.count { $0.severity == .warning })),
        .init("engine", Engine.json(matcher)),
      ])
  }

  /// A pack as status and records show it.
  package static func packJSON(_ pack: Pack) -> JSON {
    .object([
      .init("id", .string(pack.id)), .init("version", .string(pack.version.description)),
      .init("digest", .string(pack.digest.description)),
      .init("signer", pack.signer.map(JSON.string) ?? .null),
      .init("rules", .int(pack.rules.count)),
    ])
  }

  private static func readLive(_ path: String) throws(FileFailure) -> LiveRules {
    let bytes: [UInt8]
    do {
      bytes = try StateFile.read(path)
    } catch {
      if error.isMissing { return LiveRules() }
      throw error
    }
    guard let live = (try? JSON(parsing: bytes)).flatMap({ LiveRules(json: $0) }) else {
      throw FileFailure.damaged(path)
    }
    return live
  }
}
