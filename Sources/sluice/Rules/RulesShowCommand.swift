import ArgumentParser
import SluiceCore
import SluiceDaemon
import SluiceMatch
import SluiceRules

/// `sluice rules show`: one rule, whole, or the plans of its patterns.
struct RulesShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show a rule: why it is one, its patterns and its condition.")

  @OptionGroup var ruleOptions: RuleOptions

  @Flag(name: .long, help: "Also show how each pattern is searched for.")
  var plan = false

  @Argument(help: "The rule's id.")
  var id: String

  func run() throws {
    let loaded = try ruleOptions.read(ruleOptions.readConfig(), runTests: false)
    guard let rule = loaded.ruleSet.rules.first(where: { $0.id == id }) else {
      throw Failure.unknownRule(id, in: loaded.ruleSet)
    }
    var lines = [
      "\(rule.id)  \(rule.severity.rawValue) (\(rule.score))  \(rule.mode.rawValue)",
      "  title: \(rule.title)", "  why: \(rule.why)",
      "  condition: \(rule.conditionText?.text ?? "any of them")",
      "  place: \(rule.span.file.path):\(rule.span.line)",
    ]
    if !rule.except.isEmpty { lines.append("  except: \(rule.except.joined(separator: ", "))") }
    if let action = rule.action { lines.append("  forces: \(action.rawValue)") }
    if let group = rule.group { lines.append("  group: \(group)") }
    for reference in rule.references { lines.append("  reference: \(reference)") }
    for (index, pattern) in rule.patterns.enumerated() {
      lines += self.lines(of: pattern)
      if plan, let text = loaded.matcher?.plan(of: rule.id, pattern: index) {
        lines.append("    plan: \(text)")
      }
    }
    for line in lines { Terminal.write(Display.escape(line)) }
    if plan, loaded.matcher == nil { throw Failure("no plans: this set has errors") }
  }

  private func lines(of pattern: Pattern) -> [String] {
    var line = "  pattern \(pattern.name):"
    switch pattern.kind {
    case .expression(let text, _):
      line += " \(text.text.split(separator: "\n").joined(separator: " "))"
    case .words(let list): line += " words of \(list.path)"
    case .digests(let list): line += " digests of \(list.path)"
    }
    if let validator = pattern.validator { line += "  validator: \(validator.name)" }
    return [line]
  }
}
