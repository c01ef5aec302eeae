import ArgumentParser
import Glibc
import SluiceDaemon

/// Where the running daemon is.
struct ControlOptions: ParsableArguments {
  @Option(name: .long, help: "The daemon's control socket.")
  var socket: String?

  @Option(name: .long, help: "The configuration file, for the control socket's place.")
  var config: String?

  func client() throws -> ControlClient {
    if let socket { return ControlClient(socket: socket) }
    var options = RuleOptions()
    options.config = config
    let path = try options.readConfig().controlSocket
    guard !path.isEmpty else { throw Failure("the configuration names no control socket") }
    return ControlClient(socket: path)
  }
}
