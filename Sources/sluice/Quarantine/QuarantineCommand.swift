import ArgumentParser

/// `sluice quarantine …`: review of what was held back.
struct QuarantineCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "quarantine", abstract: "Review what was quarantined or held.",
    discussion: """
      Asks the daemon that owns the spool; where none runs, takes the spool's lock itself. Every \
      change is recorded with who and why. Exit status 1 where something was refused.
      """,
    subcommands: [
      QuarantineListCommand.self, QuarantineShowCommand.self, QuarantineNextCommand.self,
      QuarantineReleaseCommand.self, QuarantineConfirmCommand.self, QuarantineDeleteCommand.self,
      QuarantineRescanCommand.self, QuarantineHoldCommand.self, QuarantineAllowancesCommand.self,
    ])
}
