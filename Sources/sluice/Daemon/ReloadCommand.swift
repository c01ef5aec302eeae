import ArgumentParser
import SluiceCore
import SluiceDaemon

/// `sluice reload`: waits until the new rules are live or refused.
struct ReloadCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reload",
    abstract: "Make the running daemon read its rules and configuration again, and wait for it.",
    discussion: "Exit status 1, with the diagnostics, where the new set was refused.")

  @OptionGroup var control: ControlOptions

  @Flag(name: .long, help: "One JSON object.")
  var json = false

  func run() throws {
    let reply: JSON
    do { reply = try control.client().reload() } catch let error as ControlError {
      throw Failure(error.message)
    }
    let accepted = reply["accepted"] == .bool(true)
    if json {
      Terminal.write(reply)
    } else {
      if case .array(let diagnostics)? = reply["diagnostics"] {
        for diagnostic in diagnostics {
          if let text = diagnostic["rendered"]?.text { Terminal.error(text) }
        }
      }
      if let generation = reply["generation"]?.text {
        Terminal.write(
          accepted
            ? "reloaded: generation \(generation.prefix(12))"
            : "refused: generation \(generation.prefix(12)) stays live")
      }
    }
    if !accepted { throw ExitCode.refused }
  }
}
