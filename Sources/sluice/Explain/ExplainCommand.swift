import ArgumentParser
import SluiceCore
import SluiceDaemon
import SluiceMatch
import SluiceRules

/// `sluice explain`: why a file is judged as it is.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Say why a file is judged as it is: findings, score arithmetic, near misses.")

  @OptionGroup var ruleOptions: RuleOptions

  @Flag(name: .long, help: "One JSON object a file, one a line.")
  var json = false

  @Flag(name: .long, help: "Show matched texts in full, not masked.")
  var reveal = false

  @Option(name: .long, help: "Judge as if the file had come from this source.")
  var source = "default"

  @Argument(help: ArgumentHelp("Files; '-' is standard input.", valueName: "path"))
  var paths: [String]

  func run() throws {
    let config = try ruleOptions.readConfig()
    let matcher = try ruleOptions.load(config)
    let policy = config.policy(for: source)
    let judge = ItemJudge(
      matcher: matcher, limits: config.extractLimits, parsers: config.parsers, explains: true)
    let walk = FileWalk(paths)
    var totals = ScanTotals()
    for problem in walk.problems { Terminal.error(problem) }
    totals.failed = walk.problems.count
    for file in walk.files {
      do {
        let opened = try OpenedFile(file)
        let context = ItemContext(
          name: file.name, source: source, policy: policy, now: Clock.system.now())
        let judgement = try judge.judge(opened.descriptor, context: context)
        let text = ExplanationText(
          file: file, decision: judgement.decision, explanation: judge.explanation(),
          rules: matcher.ruleSet, policy: policy, reveal: reveal)
        if json { Terminal.write(text.json) } else { text.lines.forEach(Terminal.write) }
        totals.count(judgement.decision, policy: policy)
      } catch {
        Terminal.error("\(Display.name(file.path)): \(error)")
        totals.failed += 1
      }
    }
    try totals.exit()
  }
}
