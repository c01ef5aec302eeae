import Glibc
import SluiceActions
import SluiceCore
import SluiceDaemon
import SluiceLog
import SluiceSpool

/// A spool and its log, owned by this command for as long as it runs.
struct LocalSpool {
  let journal: Journal
  let log: LogWriter

  /// - Parameter tidies: whether what an interrupted claim left in `work/` is removed at once.
  /// - Throws: `SpoolError`, `LogError`, `ActionError`.
  init(_ config: Config, tidies: Bool = true) throws {
    var options = SpoolOptions()
    options.mode = config.spoolMode == .shared ? .shared : .foreign
    options.outputMode = config.outputMode
    let spool = try Spool.open(
      config.spoolPath, options: options, clock: .system, tidies: tidies)
    log = try LogWriter.open(
      .init(
        directory: config.logPath, keyDirectory: config.statePath + "/keys",
        rotateBytes: config.logRotateBytes, sealNames: config.names == .sealed), clock: .system
    ).0
    journal = try Journal(
      spool: spool, log: log, options: DaemonStart.actions(config), clock: .system)
  }

  /// - Parameter cleanly: the last stop was an orderly one, and still is.
  func close(cleanly: Bool) throws {
    if cleanly { try journal.stopMarker.write(at: Clock.system.now()) }
    try log.close()
  }

  /// Who runs this command.
  static var actor: Actor {
    let user = getuid()
    return Actor(uid: user, user: getpwuid(user).map { String(cString: $0.pointee.pw_name) })
  }
}
