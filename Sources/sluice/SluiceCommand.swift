// sluice: the command line. Thin: what it does is done by the targets that the daemon uses too.
// Trusts: its caller's rights, and nothing in the files and packs it is pointed at.
// Never: moves or changes a file outside a spool it owns, or shows a character from a file raw.

import ArgumentParser
import SluiceCore

@main
struct SluiceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sluice",
    abstract: "Examine files against rule packs, and review what a spool held back.",
    discussion: """
      Exit status: 0 nothing found or done, 1 something found or refused, 2 could not do it, \
      3 nothing found but a part could not be examined.
      """,
    version: "sluice \(SluiceVersion.text)",
    subcommands: [
      InitCommand.self, ScanCommand.self, ExplainCommand.self, RulesCommand.self,
      EvalCommand.self,
      QuarantineCommand.self, LogCommand.self, FsckCommand.self, StatusCommand.self,
      ReloadCommand.self,
    ])

  static func main() {
    do {
      var command = try parseAsRoot()
      try command.run()
      Terminal.flush()
    } catch {
      Terminal.flush()
      let code = exitCode(for: error)
      // Whatever a command did not end by a number of its own, a usage mistake too, is "could not do
      // it"; the parser's own numbers for these are others.
      let status: Int32 = error is ExitCode || code.isSuccess ? code.rawValue : 2
      let message = error is ExitCode ? "" : fullMessage(for: error)
      if !message.isEmpty {
        if status == 0 { Terminal.write(message) } else { Terminal.error(message) }
      }
      Terminal.flush()
      Terminal.exit(status)
    }
  }
}
