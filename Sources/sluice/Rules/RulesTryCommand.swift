import ArgumentParser
import SluiceCore
import SluiceDaemon
import SluiceExtract
import SluiceMatch
import SluiceRules

/// `sluice rules try`: one rule on some files, with what it missed by.
struct RulesTryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "try",
    abstract: "Try one rule on files: hits, near misses, and the part of the condition that failed."
  )

  @OptionGroup var ruleOptions: RuleOptions

  @Flag(name: .long, help: "Show matched texts in full, not masked.")
  var reveal = false

  @Argument(help: "The rule's id.")
  var id: String

  @Argument(help: ArgumentHelp("Files and directories; '-' is standard input.", valueName: "path"))
  var paths: [String]

  func run() throws {
    let config = try ruleOptions.readConfig()
    let loaded = try ruleOptions.read(config, runTests: false)
    guard loaded.ruleSet.rules.contains(where: { $0.id == id }) else {
      throw Failure.unknownRule(id, in: loaded.ruleSet)
    }
    guard let matcher = loaded.matcher else {
      for diagnostic in loaded.diagnostics where diagnostic.severity == .error {
        Terminal.error(diagnostic.rendered)
      }
      throw ExitCode.impossible
    }
    let judge = ItemJudge(
      matcher: matcher, limits: config.extractLimits, parsers: config.parsers)
    let walk = FileWalk(paths)
    for problem in walk.problems { Terminal.error(problem) }
    var hits = 0
    for file in walk.files {
      let opened = try OpenedFile(file)
      let context = ItemContext(name: file.name, now: Clock.system.now())
      let decision = try judge.judge(opened.descriptor, context: context).decision
      if report(file, decision, judge.explanation(), loaded.ruleSet) { hits += 1 }
    }
    Terminal.write("\(walk.files.count) files, \(hits) hit")
    if !walk.problems.isEmpty { throw ExitCode.impossible }
    if hits > 0 { throw ExitCode.found }
  }

  private func report(
    _ file: ScannedFile, _ decision: Decision, _ explanation: Explanation, _ rules: RuleSet
  ) -> Bool {
    var only = decision
    only.findings = decision.findings.filter { $0.rule == id }
    var reasons = Explanation()
    reasons.lowerings = explanation.lowerings.filter { $0.rule == id }
    reasons.ignored = explanation.ignored.filter { $0.rule == id }
    reasons.nearMisses = explanation.nearMisses.filter { $0.rule == id }
    let hit = !only.findings.isEmpty
    let name = Display.name(file.path)
    if hit || !reasons.nearMisses.isEmpty {
      let text = ExplanationText(
        file: file, decision: only, explanation: reasons, rules: rules, policy: .standard,
        reveal: reveal)
      Terminal.write("\(name)   \(hit ? "HIT" : "near miss")")
      text.lines.dropFirst(3).forEach(Terminal.write)
    } else {
      Terminal.write("\(name)   no pattern of the rule matched")
    }
    return hit
  }
}
