import ArgumentParser
import SluiceCore

/// Which kept items are meant; all given ones must hold.
struct KeptFilter: ParsableArguments {
  @Option(name: .customLong("in"), help: "Only 'quarantine' or only 'held'.")
  var folder: String?

  @Option(name: .long, help: "Items of one source.")
  var source: String?

  @Option(name: .long, help: "Items with a score for one harm.")
  var harm: String?

  @Option(name: .long, help: "Items that one rule hit, by its id.")
  var rule: String?

  @Option(name: .long, help: "Items that nothing but this rule hit.")
  var onlyRule: String?

  var query: [(String, String)] {
    [
      ("destination", folder), ("source", source), ("harm", harm), ("rule", rule),
      ("only_rule", onlyRule),
    ].compactMap { pair in pair.1.map { (pair.0, $0) } }
  }
}

/// `sluice quarantine list`.
struct QuarantineListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List what is kept, the oldest first.")

  @OptionGroup var review: ReviewOptions
  @OptionGroup var filter: KeptFilter

  @Flag(name: .long, help: "Leave out what a reviewer confirmed.")
  var unreviewed = false

  func run() throws {
    let query = filter.query + (unreviewed ? [("unreviewed", "true")] : [])
    let listing = try review.desk(changes: false).ask(.get, ["quarantine"], query: query)
    for item in listing["items"]?.elements ?? [] {
      if review.json { Terminal.write(item) } else { Terminal.write(KeptText.line(item)) }
    }
    for id in listing["damaged"]?.elements ?? [] {
      Terminal.error("\(KeptText.shown(id)): its sidecar is missing or damaged")
    }
  }
}
