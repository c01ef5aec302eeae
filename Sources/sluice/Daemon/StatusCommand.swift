import ArgumentParser
import SluiceCore
import SluiceDaemon

/// `sluice status`: asks the running daemon.
struct StatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Ask the running daemon what it does and with which rules.",
    discussion: "Exit status 1 where the rules on disk were refused or work is paused.")

  @OptionGroup var control: ControlOptions

  @Flag(name: .long, help: "One JSON object.")
  var json = false

  func run() throws {
    let status: JSON
    do { status = try control.client().status() } catch let error as ControlError {
      throw Failure(error.message)
    }
    if json { Terminal.write(status) } else { StatusText.lines(of: status).forEach(Terminal.write) }
    let refused = status["rules"]?["refused"] ?? .null
    let paused = status["paused"] ?? .null
    if refused != .null || paused != .null { throw ExitCode.refused }
  }
}
