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

  @Flag(name: .long, help: "One JSON object a file, one a line.")
  var json = false

  @Argument(help: "The rule's id.")
  var id: String

  @Argument(help: ArgumentHelp("Files and directories; '-' is standard input.", valueName: "path"))
  var paths: [String]

  func run() throws {
    let config = try ruleOptions.readConfig()
    let loaded = try ruleOptions.read(config, runTests: false)
    guard let rule = loaded.ruleSet.rules.first(where: { $0.id == id }) else {
      throw Failure.unknownRule(id, in: loaded.ruleSet)
    }
    guard let matcher = loaded.matcher else {
      for diagnostic in loaded.diagnostics where diagnostic.severity == .error {
        Terminal.error(diagnostic.rendered)
      }
      throw ExitCode.impossible
    }
    // The rule is tried whichever profile it asks for.
    var policy = Policy.standard
    policy.profiles = rule.profiles
    let judge = ItemJudge(
      matcher: matcher, limits: config.extractLimits, parsers: config.parsers, explains: true)
    let walk = FileWalk(paths)
    for problem in walk.problems { Terminal.error(problem) }
    var hits = 0
    for file in walk.files {
      let opened = try OpenedFile(file)
      let context = ItemContext(
        name: file.name, policy: policy, now: Clock.system.now())
      let decision = try judge.judge(opened.descriptor, context: context).decision
      if report(file, decision, judge.explanation(), loaded.ruleSet) { hits += 1 }
    }
    if !json { Terminal.write("\(walk.files.count) files, \(hits) hit") }
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
    guard !json else {
      write(file, only, reasons)
      return hit
    }
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

  private func write(_ file: ScannedFile, _ decision: Decision, _ reasons: Explanation) {
    let outcome =
      !decision.findings.isEmpty ? "hit" : reasons.nearMisses.isEmpty ? "none" : "near-miss"
    let miss = reasons.nearMisses.first
    Terminal.write(
      ScanReport.json(file, decision).setting("verdict", nil).setting("scores", nil)
        .setting("outcome", .string(outcome))
        .setting("matched", .array((miss?.matched ?? []).map { .string($0) }))
        .setting("failed", .array((miss?.failed ?? []).map { .string($0) }))
        .setting("ignored", .array(reasons.ignored.map { .string($0.reason) })))
  }
}
