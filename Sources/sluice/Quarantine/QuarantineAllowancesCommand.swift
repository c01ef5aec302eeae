import ArgumentParser
import SluiceCore

/// `sluice quarantine allowances`.
struct QuarantineAllowancesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "allowances",
    abstract: "List which released content may come again, or revoke that.")

  @OptionGroup var review: ReviewOptions

  @Option(name: .long, help: "Revoke the allowances of this content.")
  var revoke: String?

  @Option(name: .long, help: "With --revoke: only of this rule.")
  var rule: String?

  @Option(name: .long, help: "With --revoke: why; for the record.")
  var reason = ""

  func run() throws {
    let desk = try review.desk(changes: revoke != nil)
    if let revoke {
      var body: [JSON.Member] = [
        .init("sha256", .string(revoke)), .init("why", .string(reason)),
      ]
      if let rule { body.append(.init("rule", .string(rule))) }
      let answer = try desk.ask(.post, ["allowances", "revoke"], body: body)
      try desk.close()
      return review.json
        ? Terminal.write(answer) : Terminal.write("\(Display.escape(revoke))  revoked")
    }
    let answer = try desk.ask(.get, ["allowances"])
    for allowance in answer["allowances"]?.elements ?? [] {
      if review.json {
        Terminal.write(allowance)
      } else {
        let who =
          allowance["who"]?["user"]?.text ?? allowance["who"]?["uid"]?.integer.map(String.init)
        Terminal.write(
          [
            KeptText.shown(allowance["sha256"]), KeptText.shown(allowance["rule"]),
            String(KeptText.shown(allowance["time"]).prefix(19)), Display.escape(who ?? ""),
          ].joined(separator: "  "))
      }
    }
  }
}
