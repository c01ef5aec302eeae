import ArgumentParser
import SluiceCore

/// `sluice quarantine confirm`.
struct QuarantineConfirmCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "confirm",
    abstract: "Say that the verdict was right: the items stay, and 'next' no longer offers them.")

  @OptionGroup var review: ReviewOptions

  @Argument(help: "Ids of items.")
  var items: [String]

  @Option(name: .long, help: "A remark for the record.")
  var reason = ""

  func run() throws {
    let desk = try review.desk(changes: true)
    let answer = try desk.ask(
      .post, ["quarantine", "confirm"],
      body: [.init("items", .array(items.map(JSON.string))), .init("why", .string(reason))])
    try desk.close()
    if review.json { return Terminal.write(answer) }
    for item in items { Terminal.write("\(Display.escape(item))  confirmed") }
  }
}

/// `sluice quarantine hold`.
struct QuarantineHoldCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hold",
    abstract: "Hold items as evidence: neither released, deleted nor expired until freed.")

  @OptionGroup var review: ReviewOptions

  @Argument(help: "Ids of items.")
  var items: [String]

  @Option(name: .long, help: "Why; for the record.")
  var reason: String

  @Flag(name: .long, help: "Free them again.")
  var free = false

  func run() throws {
    let desk = try review.desk(changes: true)
    let answer = try desk.ask(
      .post, ["quarantine", "evidence"],
      body: [
        .init("items", .array(items.map(JSON.string))), .init("why", .string(reason)),
        .init("kept", .bool(!free)),
      ])
    try desk.close()
    if review.json { return Terminal.write(answer) }
    let word = free ? "freed" : "held as evidence"
    for item in items { Terminal.write("\(Display.escape(item))  \(word)") }
  }
}

/// `sluice quarantine rescan`.
struct QuarantineRescanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rescan",
    abstract: "Judge items anew under the rules of now, and do what they say.")

  @OptionGroup var review: ReviewOptions

  @Argument(help: "Ids of items.")
  var items: [String]

  @Option(name: .long, help: "A remark for the record.")
  var reason = ""

  func run() throws {
    let desk = try review.desk(changes: true)
    var refused = false
    for item in items {
      let answer = try desk.ask(
        .post, ["quarantine", "rescan"],
        body: [.init("items", .array([.string(item)])), .init("why", .string(reason))])
      for rescan in answer["rescans"]?.elements ?? [] {
        let isDone = rescan["outcome"] == .string("done")
        if !isDone { refused = true }
        if review.json {
          Terminal.write(rescan)
        } else if isDone {
          let path = KeptText.shown(rescan["path"] ?? rescan["path_b64"])
          Terminal.write(
            "\(KeptText.shown(rescan["item"]))  now in \(KeptText.shown(rescan["destination"]))/\(path)"
          )
        } else {
          Terminal.error(
            "\(KeptText.shown(rescan["item"]))  refused: \(KeptText.shown(rescan["message"]))")
        }
      }
    }
    try desk.close()
    if refused { throw ExitCode.refused }
  }
}
