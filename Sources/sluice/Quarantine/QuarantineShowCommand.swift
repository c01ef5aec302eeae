import ArgumentParser
import SluiceCore

/// `sluice quarantine show`.
struct QuarantineShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show why an item is kept; its text is masked.")

  @OptionGroup var review: ReviewOptions

  @Argument(help: "The item's id.")
  var item: String

  @Flag(name: .long, help: "Show the matched texts. Recorded before anything is shown.")
  var reveal = false

  @Option(name: .long, help: "Why the text has to be seen; for the record.")
  var reason = ""

  func run() throws {
    let desk = try review.desk(changes: reveal)
    let item = try desk.ask(.get, ["quarantine", item])
    if review.json { Terminal.write(item) } else { KeptText.lines(item).forEach(Terminal.write) }
    guard reveal else { return }
    let answer = try desk.ask(
      .post, ["quarantine", self.item, "reveal"], body: [.init("why", .string(reason))])
    for place in answer["revealed"]?.elements ?? [] {
      if review.json {
        Terminal.write(place)
      } else {
        let line = place["line"]?.integer.map { "line \($0)" } ?? "whole"
        Terminal.write(
          "  \(KeptText.shown(place["rule"]))  \(line)  "
            + KeptText.shown(place["text"] ?? place["text_b64"]))
      }
    }
    try desk.close()
  }
}

/// `sluice quarantine next`.
struct QuarantineNextCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "next",
    abstract: "Show the oldest item that nobody reviewed: its harm first, never its text.",
    discussion: "Exit status 1 where there is one, 0 where none is left.")

  @OptionGroup var review: ReviewOptions
  @OptionGroup var filter: KeptFilter

  @Option(name: .long, help: "Skip this item and those before it.")
  var after: String?

  func run() throws {
    let query = filter.query + (after.map { [("after", $0)] } ?? [])
    let answer = try review.desk(changes: false).ask(.get, ["quarantine", "next"], query: query)
    guard let item = answer["item"], item != .null else {
      if review.json { Terminal.write(.null) } else { Terminal.write("nothing waits for review") }
      return
    }
    if review.json {
      Terminal.write(item)
    } else {
      KeptText.lines(item).forEach(Terminal.write)
      let id = KeptText.shown(item["item"])
      Terminal.write("then: sluice quarantine confirm|release|delete \(id)")
      Terminal.write("skip: sluice quarantine next --after \(id)")
    }
    throw ExitCode.found
  }
}
