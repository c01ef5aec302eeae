import ArgumentParser
import SluiceActions
import SluiceCore
import SluiceDaemon
import SluiceSpool

/// Where the spool is that is reviewed, and who answers for it.
struct ReviewOptions: ParsableArguments {
  @Option(name: .long, help: "The configuration file.")
  var config: String?

  @Option(name: .long, help: ArgumentHelp("The spool, where no config names it.", valueName: "dir"))
  var spool: String?

  @Option(name: .long, help: ArgumentHelp("The log, with --spool.", valueName: "dir"))
  var log: String?

  @Option(
    name: .long,
    help: ArgumentHelp("Rules for a rescan where no daemon runs; repeatable.", valueName: "dir"))
  var rules: [String] = []

  @Option(name: .long, help: "The daemon's control socket.")
  var socket: String?

  @Flag(name: .long, help: "JSON.")
  var json = false

  func validate() throws {
    if config == nil, (spool == nil) != (log == nil) {
      throw ValidationError("--spool and --log go together")
    }
  }

  /// The daemon that owns the spool, or the spool itself under its lock.
  /// - Parameter changes: whether something is to be done, not only looked at.
  func desk(changes: Bool) throws -> ReviewDesk {
    if let socket { return .daemon(ControlClient(socket: socket)) }
    let config = try settings()
    let owner: Int32?
    do { owner = try Spool.owner(of: config.spoolPath) } catch {
      // Not ours to look into: the daemon may still let us ask.
      return .daemon(ControlClient(socket: config.controlSocket))
    }
    if owner != nil { return .daemon(ControlClient(socket: config.controlSocket)) }
    return .local(try LocalReview(config: config, rules: rules, changes: changes))
  }

  private func settings() throws -> Config {
    try SpoolSettings.read(config: config, spool: spool, log: log, rules: rules)
  }
}
