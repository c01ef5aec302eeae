import ArgumentParser

/// `sluice quarantine …`: review of what was held back.
struct QuarantineCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "quarantine", abstract: "Review what was quarantined or held.")
}
