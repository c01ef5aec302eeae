import CSluiceSystem
import Glibc
import Logging
import SluiceActions
import SluiceCore
import SluiceExtract
import SluiceLog
import SluiceSpool

/// A running daemon, from its start to its stop. Everything happens on the threads listed in
/// SluiceDaemon.swift; this one waits for orders and keeps the timers.
package struct Daemon {
  /// Seconds that a stop waits for items in hand; the unit's TimeoutStopSec is longer.
  private static let stopSeconds: UInt64 = 15

  private let parts: Parts
  private let reloader: Reloader
  private let control: ControlServer?
  private let feeder: EventFeeder?
  private var upkeep: Upkeep

  /// Runs until a signal says stop.
  /// - Returns: the exit status.
  package static func run(source: ConfigSource, verbose: Bool = false) -> Int32 {
    SignalThread.block()
    let clock = Clock.system
    let logger = JournalHandler.logger(verbose: verbose)
    let service = ServiceManager.fromEnvironment(clock: clock)
    let inbox = Inbox()
    SignalThread.start { inbox.add($0) }
    do throws(DaemonError) {
      let start = DaemonStart(
        source: source, clock: clock, logger: logger, service: service, inbox: inbox)
      var daemon = try Daemon(start.open())
      try daemon.serve()
      return 0
    } catch {
      for diagnostic in error.diagnostics { logger.error("\(diagnostic.rendered)") }
      if error.code != .stopped { logger.critical("sluiced cannot run: \(error.message)") }
      return error.exitStatus
    }
  }

  init(_ parts: Parts) throws(DaemonError) {
    self.parts = parts
    let feeder: EventFeeder? =
      parts.config.onEvent.isEmpty
      ? nil
      : EventFeeder(
        command: parts.config.onEvent, directory: parts.config.logPath,
        placePath: parts.config.statePath + "/events",
        durable: { parts.recorder.log.durableSeq }, clock: parts.clock, logger: parts.logger)
    self.feeder = feeder
    let reloader = Reloader { parts.reload() }
    self.reloader = reloader
    upkeep = Upkeep(parts: parts, feeder: feeder)
    if parts.config.controlSocket.isEmpty {
      control = nil
    } else {
      let routes = ControlRoutes(parts: parts, reloader: reloader)
      do throws(ControlError) {
        control = try ControlServer(
          path: parts.config.controlSocket, group: parts.config.controlGroup
        ) { routes.answer($0) }
      } catch {
        throw DaemonError(.system, error.message)
      }
    }
  }

  private mutating func serve() throws(DaemonError) {
    let plan = try recover()
    try record(.started, startMembers(plan))
    let committing = try thread("commit") { [parts] in parts.committer.run() }
    let reloading = try thread("reload") { [reloader] in
      // Compiling yields to the workers: items go on at their pace while rules are loaded.
      sluice_lower_priority(10)
      reloader.run()
    }
    if let feeder { _ = try thread("events") { feeder.run() } }
    control?.start()
    let examining = Monitor(0)
    try examine(plan, running: examining)
    parts.service.ready(status: StatusReport(parts).line)
    parts.logger.notice(
      "ready: \(parts.workers) workers, \(parts.store.current.matcher.ruleSet.rules.count) rules, spool \(parts.spool.path)"
    )
    for alarm in startNotices() { parts.logger.notice("\(alarm)") }
    var isRunning = true
    while isRunning {
      for order in parts.inbox.take(until: upkeep.deadline) {
        switch order {
        case .reload: reloader.request()
        case .rotate: upkeep.rotate()
        case .status: showStatus()
        case .stop: isRunning = false
        }
      }
      upkeep.run()
    }
    stop(examining: examining, committing: committing, reloading: reloading)
  }

  /// Finishes what an earlier run recorded and did not do.
  private func recover() throws(DaemonError) -> RecoveryPlan {
    let keeper = StartKeeper(service: parts.service, status: "recovering", clock: parts.clock)
    defer { keeper.stop() }
    do throws(ActionError) {
      return try Recovery.run(
        parts.journal, logDirectory: parts.config.logPath,
        generation: parts.store.current.name)
    } catch {
      throw DaemonError(.system, "recovery: \(error.message)")
    }
  }

  /// Starts the workers. After an unclean stop the items that were undecided come first, one at a
  /// time, each with a durable count of tries; nothing else is claimed or judged meanwhile.
  private func examine(_ plan: RecoveryPlan, running: Monitor<Int>) throws(DaemonError) {
    let parts = parts
    running.withLock { $0 = parts.workers + 1 }
    _ = try thread("intake") {
      let lone = LoneItems(parts: parts, plan: plan)
      lone.run()
      for index in 0..<parts.workers {
        let isStarted = SystemThread.detach("worker-\(index + 1)") {
          Worker(parts: parts, index: index).run()
          running.update { $0 -= 1 }
        }
        if !isStarted {
          parts.logger.error("no thread for worker \(index + 1)")
          running.update { $0 -= 1 }
        }
      }
      IntakeLoop(parts: parts).run()
      running.update { $0 -= 1 }
    }
  }

  private func stop(examining: Monitor<Int>, committing: SystemThread, reloading: SystemThread) {
    parts.service.stopping()
    parts.logger.notice("stopping")
    let deadline = parts.clock.monotonic() + Self.stopSeconds * 1_000_000_000
    control?.stop()
    reloader.stop()
    parts.queue.stop()
    parts.intake.stop()
    parts.gate.stop()
    // An item still in hand at the deadline stays in work/ and is judged at the next start.
    _ = examining.wait(until: deadline) { $0 == 0 ? true : nil }
    parts.committer.stop()
    committing.join()
    feeder?.stop()
    upkeep.finish()
  }

  private func thread(_ name: String, _ body: @escaping @Sendable () -> Void) throws(DaemonError)
    -> SystemThread
  {
    guard let thread = SystemThread(name, body) else {
      throw DaemonError(.system, "the system has no room for the thread '\(name)'")
    }
    return thread
  }

  private func record(_ event: LogRecord.Event, _ members: [JSON.Member]) throws(DaemonError) {
    do throws(LogError) {
      try parts.recorder.record([LogRecord(event, members)])
    } catch {
      throw DaemonError(.system, "\(error)")
    }
  }

  private func startMembers(_ plan: RecoveryPlan) -> [JSON.Member] {
    let generation = parts.store.current
    return [
      .init("version", .string(SluiceVersion.text)), .init("pid", .int(Int(getpid()))),
      .init("spool", .string(parts.spool.path)),
      .init("mode", .string(parts.config.spoolMode.rawValue)),
      .init("workers", .int(parts.workers)), .init("clean_stop", .bool(!plan.oneAtATime)),
      .init("undecided", .int(plan.undecided.count)),
      .init("generation", .string(generation.name)),
      .init("packs", .array(generation.matcher.ruleSet.packs.map(RuleStore.packJSON))),
      .init("decoders", .array(Decoders.names(parts.child).map(JSON.string))),
      .init("jit", Engine.jit(generation.matcher).map(JSON.bool) ?? .null),
      .init("engine", Engine.json(generation.matcher)),
      .init("confinement", Machine.confinement(parts.child)),
    ]
  }

  private func startNotices() -> [String] {
    var notices: [String] = []
    let generation = parts.store.current
    for pack in generation.matcher.ruleSet.packs {
      notices.append(
        "pack \(pack.id) \(pack.version), \(pack.rules.count) rules, "
          + (pack.signer.map { "signed by \($0)" } ?? "not signed"))
    }
    let missing = Confinement.all.subtracting(parts.child.confinement)
    notices.append(
      "opens \(parts.child.decoders.joined(separator: ", ")); "
        + (missing.isEmpty
          ? "the sandbox is closed"
          : "THE SANDBOX LACKS \(missing.names.joined(separator: ", ")): \(parts.child.trouble)"))
    switch Engine.jit(generation.matcher) {
    case true: notices.append("PCRE2 runs compiled code (JIT)")
    case false:
      notices.append(
        "PCRE2 runs its interpreter: JIT compilation is not available here, which is many times slower on some patterns"
      )
    case nil: break
    }
    return notices
  }

  private func showStatus() {
    for line in StatusText.lines(of: StatusReport(parts).json) { parts.logger.notice("\(line)") }
  }
}
