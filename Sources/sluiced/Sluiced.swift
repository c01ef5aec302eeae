import ArgumentParser
import Glibc
import SluiceCore
import SluiceDaemon

/// The daemon's command line: where the settings are, and three directories that are enough without.
@main
struct Sluiced: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sluiced",
    abstract: "Judges files that are dropped into a spool, and moves and records them.",
    discussion: """
      Stays in the foreground and writes to standard error. SIGHUP reloads rules and settings, \
      SIGUSR1 begins a new log file, SIGUSR2 writes the status, SIGTERM and SIGINT stop.
      """,
    version: SluiceVersion.text)

  @Option(help: "The settings; /etc/sluice/sluice.yaml where --spool is not given.")
  var config: String?

  @Option(help: "The spool's directory; outranks the settings.")
  var spool: String?

  @Option(help: "A pack, a directory of packs, or of overrides; may be given several times.")
  var rules: [String] = []

  @Option(help: "The log's directory; outranks the settings.")
  var log: String?

  @Option(help: "The directory for keys and state; without settings LOG/state.")
  var state: String?

  @Option(help: "The control socket, or none; without settings STATE/control.sock.")
  var socket: String?

  @Option(help: "How many items are examined at once; 0 is one for each core.")
  var workers: Int?

  @Flag(help: "Check the settings and the rules, show all that is wrong, and end.")
  var checkConfig = false

  @Flag(help: "Write debugging messages too.")
  var verbose = false

  @Flag(help: .hidden)
  var configManual = false

  @Flag(help: .hidden)
  var configExample = false

  func run() throws {
    if configManual { return print(ConfigReference.manual, terminator: "") }
    if configExample { return print(ConfigReference.example, terminator: "") }
    let source = try DaemonArguments(
      config: config, spool: spool, rules: rules, log: log, state: state, socket: socket,
      workers: workers
    ).source()
    let status =
      checkConfig ? ConfigCheck.run(source) : Daemon.run(source: source, verbose: verbose)
    if status != 0 { throw ExitCode(status) }
  }

  func validate() throws {
    do {
      _ = try DaemonArguments(
        config: config, spool: spool, rules: rules, log: log, state: state, socket: socket,
        workers: workers
      ).source()
    } catch {
      throw ValidationError("\(error)")
    }
  }
}
