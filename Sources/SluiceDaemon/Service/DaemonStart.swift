import Glibc
import Logging
import SluiceActions
import SluiceCore
import SluiceExtract
import SluiceLog
import SluiceSpool

/// Takes hold of everything a daemon stands on, in the order that makes each step safe: config,
/// folders, spool and its lock, log, rules.
package struct DaemonStart {
  let source: ConfigSource
  let clock: Clock
  let logger: Logger
  let service: ServiceManager
  let inbox: Inbox
  /// The spool's system calls; others in tests.
  var calls = FileCalls.system

  func open() throws(DaemonError) -> Parts {
    let reading = source.read()
    guard !reading.hasErrors else {
      throw DaemonError(
        .config, "the configuration has errors", diagnostics: reading.diagnostics)
    }
    let config = reading.config
    let child = try startChild(config)
    try makeFolders(config)
    let spool = try openSpool(config)
    let log = try openLog(config)
    let recorder = Recorder(log: log) { [inbox, clock] in inbox.recorded(at: clock.monotonic()) }
    do {
      let journal = try Journal(spool: spool, log: log, options: Self.actions(config), clock: clock)
      let guardian = try ProbationGuard(
        path: config.statePath + "/probation.json", options: .init(config), clock: clock)
      let store = try RuleStore(
        source: source, reading: reading, guardian: guardian, recorder: recorder, clock: clock,
        logger: logger)
      try loadRules(store)
      let intake = try Intake(spool: spool)
      return Parts(
        config: config, clock: clock, logger: logger, service: service, spool: spool,
        recorder: recorder, journal: journal, store: store, guardian: guardian, intake: intake,
        inbox: inbox, child: child)
    } catch {
      // What was recorded of the failed start is durable; closing only seals it.
      do { try log.close() } catch { logger.error("the log was not closed: \(error)") }
      if let error = error as? DaemonError { throw error }
      throw DaemonError(.system, "\(error)")
    }
  }

  /// Items are opened by children of each worker's own; one is started here to see that they can be,
  /// and that the kernel has all of their sandbox.
  private func startChild(_ config: Config) throws(DaemonError) -> ChildHello {
    do throws(ReadFailure) {
      return try ParserClient(options: config.parsers, limits: config.extractLimits).greeting()
    } catch {
      throw DaemonError(.system, error.message)
    }
  }

  private func makeFolders(_ config: Config) throws(DaemonError) {
    var folders = [(config.statePath, 0o750 as mode_t)]
    if let slash = config.controlSocket.utf8.lastIndex(of: UInt8(ascii: "/")),
      slash > config.controlSocket.startIndex
    {
      folders.append((String(config.controlSocket[..<slash]), 0o755))
    }
    for (path, mode) in folders {
      do throws(FileFailure) { try StateFile.makeDirectory(path, mode: mode) } catch {
        throw DaemonError(.system, error.description)
      }
    }
  }

  private func openSpool(_ config: Config) throws(DaemonError) -> Spool {
    var options = SpoolOptions()
    options.mode = config.spoolMode == .shared ? .shared : .foreign
    options.settle = .nanoseconds(Int64(config.settle.count))
    options.writerWait = .nanoseconds(Int64(config.writerWait.count))
    options.outputMode = config.outputMode
    options.quarantineBytes = config.quarantineBytes
    options.freeSpaceBytes = config.freeSpaceBytes
    if !config.outputGroup.isEmpty {
      guard let group = ControlAccess.number(ofGroup: config.outputGroup) else {
        throw DaemonError(.config, "output.group: there is no group '\(config.outputGroup)'")
      }
      options.outputGroup = group
    }
    do throws(SpoolError) {
      return try Spool.open(config.spoolPath, options: options, clock: clock, calls: calls)
    } catch {
      throw DaemonError(error.code == .owned ? .owned : .system, error.message)
    }
  }

  private func openLog(_ config: Config) throws(DaemonError) -> LogWriter {
    let options = LogOptions(
      directory: config.logPath, keyDirectory: config.statePath + "/keys",
      rotateBytes: config.logRotateBytes, sealNames: config.names == .sealed)
    do throws(LogError) {
      let (log, recovery) = try LogWriter.open(options, clock: clock)
      if recovery.cutBytes > 0 {
        logger.warning(
          "the log's end was torn: \(recovery.cutBytes) bytes that no checkpoint covers were cut off and kept"
        )
      }
      return log
    } catch {
      throw DaemonError(error.code == .locked ? .owned : .system, "\(error)")
    }
  }

  private func loadRules(_ store: RuleStore) throws {
    let keeper = StartKeeper(service: service, status: "loading rules", clock: clock)
    defer { keeper.stop() }
    let outcome = try store.load()
    guard outcome.accepted else {
      throw DaemonError(.rules, "the rules were refused", diagnostics: outcome.diagnostics)
    }
    for diagnostic in outcome.diagnostics { logger.warning("\(diagnostic.rendered)") }
  }

  package static func actions(_ config: Config) -> ActionOptions {
    ActionOptions(
      masking: Masking(rawValue: config.excerpts.rawValue)!,
      detail: AnnotationSidecar.Detail(rawValue: config.sidecar.rawValue)!,
      messages: Messages(
        all: config.messages.map {
          Message(
            harm: $0.harm, language: $0.language, country: $0.country, text: $0.text, help: $0.help)
        },
        languages: config.audienceLanguages,
        country: config.audienceCountry.isEmpty ? nil : config.audienceCountry))
  }
}

/// Asks the service manager for more time while a long step of the start goes on.
final class StartKeeper: Sendable {
  private static let step: UInt64 = 5_000_000_000
  private let isDone = Monitor(false)

  init(service: ServiceManager, status: String, clock: Clock) {
    let isDone = isDone
    service.extend(by: Nanoseconds(Self.step * 6), status: status)
    SystemThread.detach("start-keeper") {
      while isDone.wait(until: clock.monotonic() + Self.step, { $0 ? true : nil }) == nil {
        service.extend(by: Nanoseconds(Self.step * 6), status: status)
      }
    }
  }

  func stop() { isDone.update { $0 = true } }
}
