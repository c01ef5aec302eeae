import ArgumentParser
import SluiceCore

/// `sluice quarantine release`.
struct QuarantineReleaseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "release",
    abstract: "Put items back as they were dropped, into passed/ or by --to to a place of yours.",
    discussion: """
      Never writes over a file. With --reason false-positive, prints an override and a 'pass' test \
      for the rules. The same content may come again for the same reasons unless --no-allow is given.
      """)

  @OptionGroup var review: ReviewOptions

  @Argument(help: "Ids of items.")
  var items: [String] = []

  @Option(name: .long, help: "Release all items that nothing but this rule hit.")
  var onlyRule: String?

  @Option(name: .long, help: "Why; 'false-positive' says that the rules were wrong.")
  var reason: String

  @Option(name: .long, help: "The reference of the report that a sealed item needs.")
  var report: String?

  @Option(name: .long, help: "Write the one item to this new file, with your own rights.")
  var to: String?

  @Flag(name: .long, help: "Hold the same content again when it comes again.")
  var noAllow = false

  func validate() throws {
    guard items.isEmpty != (onlyRule == nil) else {
      throw ValidationError("give ids, or --only-rule")
    }
    if to != nil, items.count != 1 { throw ValidationError("--to takes one item") }
  }

  func run() throws {
    let desk = try review.desk(changes: true)
    if let to {
      try Export(desk: desk, item: items[0], reason: reason, allow: !noAllow, json: review.json)
        .run(to: to)
      return try desk.close()
    }
    var ids = items
    if let onlyRule {
      let listing = try desk.ask(.get, ["quarantine"], query: [("only_rule", onlyRule)])
      ids = (listing["items"]?.elements ?? []).compactMap { $0["item"]?.text }
    }
    let removals = Removals(json: review.json)
    try removals.run(
      desk, "release", ids, reason: reason, report: report,
      more: [.init("allow", .bool(!noAllow))])
    try desk.close()
    try removals.exit()
  }
}

/// `sluice quarantine delete`.
struct QuarantineDeleteCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "delete", abstract: "Delete items for good.")

  @OptionGroup var review: ReviewOptions

  @Argument(help: "Ids of items.")
  var items: [String]

  @Option(name: .long, help: "Why; for the record.")
  var reason: String

  @Option(name: .long, help: "The reference of the report that a sealed item needs.")
  var report: String?

  func run() throws {
    let desk = try review.desk(changes: true)
    let removals = Removals(json: review.json)
    try removals.run(desk, "delete", items, reason: reason, report: report)
    try desk.close()
    try removals.exit()
  }
}

/// Items that leave, some hundreds a request, and what became of each.
final class Removals {
  private let json: Bool
  private var refused = false

  init(json: Bool) { self.json = json }

  func run(
    _ desk: ReviewDesk, _ action: String, _ ids: [String], reason: String, report: String?,
    more: [JSON.Member] = []
  ) throws {
    for start in stride(from: 0, to: ids.count, by: 500) {
      let group = ids[start..<min(ids.count, start + 500)]
      var body: [JSON.Member] = [
        .init("items", .array(group.map(JSON.string))), .init("why", .string(reason)),
      ]
      if let report { body.append(.init("report", .string(report))) }
      let answer = try desk.ask(.post, ["quarantine", action], body: body + more)
      for removal in answer["removals"]?.elements ?? [] { show(removal, action) }
    }
  }

  func exit() throws {
    if refused { throw ExitCode.refused }
  }

  private func show(_ removal: JSON, _ action: String) {
    let outcome = removal["outcome"]?.text ?? ""
    if outcome != "done" { refused = true }
    if json { return Terminal.write(removal) }
    let id = KeptText.shown(removal["item"])
    switch outcome {
    case "done":
      let path = removal["path"] ?? removal["path_b64"]
      Terminal.write(
        path == nil ? "\(id)  \(action)d" : "\(id)  \(action)d to passed/\(KeptText.shown(path))")
    case "waiting":
      Terminal.write("\(id)  sealed: asked for; another person has to ask for the same")
    default: Terminal.error("\(id)  refused: \(KeptText.shown(removal["message"]))")
    }
    Self.show(suggestion: removal["suggestion"])
  }

  static func show(suggestion: JSON?) {
    guard let suggestion, suggestion != .null else { return }
    for (head, key) in [("# override", "override"), ("# test", "pass_test")] {
      guard let text = suggestion[key]?.text, !text.isEmpty else { continue }
      Terminal.write(head)
      for line in text.split(separator: "\n") { Terminal.write(Display.escape(line)) }
    }
  }
}
