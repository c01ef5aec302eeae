import ArgumentParser

/// `sluice log …`: the record of every decision.
struct LogCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "log", abstract: "Verify, show and follow the log of decisions.",
    subcommands: [
      LogVerifyCommand.self, LogShowCommand.self, LogFollowCommand.self,
      LogProveCommand.self,
    ])
}

/// Where the log lies.
struct LogOptions: ParsableArguments {
  @Option(name: .long, help: ArgumentHelp("The log's directory.", valueName: "dir"))
  var log: String?

  @Option(name: .long, help: "The configuration file that names the log.")
  var config: String?

  func directory() throws -> String {
    if let log { return log }
    var options = RuleOptions()
    options.config = config
    return try options.readConfig().logPath
  }
}
