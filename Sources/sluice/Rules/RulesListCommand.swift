import ArgumentParser
import SluiceCore
import SluiceDaemon
import SluiceRules

/// `sluice rules list`: the packs and rules that would judge.
struct RulesListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List packs and rules with severity and mode.")

  @OptionGroup var ruleOptions: RuleOptions

  @Flag(name: .long, help: "One JSON object a rule, one a line.")
  var json = false

  func run() throws {
    let loaded = try ruleOptions.read(ruleOptions.readConfig(), runTests: false)
    for pack in loaded.ruleSet.packs {
      if !json {
        let signer = pack.signer.map { ", signed by \(Display.escape($0))" } ?? ""
        Terminal.write("\(pack.id) \(pack.version): \(Display.escape(pack.title))\(signer)")
      }
      for rule in pack.rules { Terminal.write(rule, of: pack, json: json) }
    }
    if loaded.matcher == nil {
      Terminal.error("this set has errors and would be refused; see 'sluice rules check'")
      throw ExitCode.refused
    }
  }
}

extension Terminal {
  fileprivate static func write(_ rule: Rule, of pack: Pack, json: Bool) {
    if json {
      write(
        .object([
          .init("rule", .string(rule.id)), .init("pack", .string(pack.id)),
          .init("version", .string(pack.version.description)),
          .init("title", .string(rule.title)),
          .init("severity", .string(rule.severity.rawValue)), .init("score", .int(rule.score)),
          .init("mode", .string(rule.mode.rawValue)),
          .init("languages", .array(rule.languages.map { .string($0) })),
        ]))
    } else {
      let mode = rule.mode == .shadow ? " (shadow)" : ""
      let severity = rule.severity.rawValue.padded(to: 8)
      write("  \(severity)  \(Display.escape(rule.id))\(mode)  \(Display.escape(rule.title))")
    }
  }
}

extension String {
  /// With spaces after it, up to `width` characters.
  func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
