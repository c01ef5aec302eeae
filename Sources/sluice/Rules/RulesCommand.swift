import ArgumentParser

/// `sluice rules …`: for those who write rules.
struct RulesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules", abstract: "Check, list, show, try, count and sign rule packs.",
    subcommands: [
      RulesCheckCommand.self, RulesListCommand.self, RulesShowCommand.self, RulesTryCommand.self,
      RulesStatsCommand.self, RulesSignCommand.self,
    ])
}
