import ArgumentParser
import SluiceCore
import SluiceLog

/// `sluice log verify`.
struct LogVerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Verify the chain and the checkpoints, and name the first broken line.")
  func run() throws {}
}
