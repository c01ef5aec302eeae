import ArgumentParser
import SluiceCore
import SluiceDaemon
import SluiceMatch
import SluiceRules

/// `sluice scan`: judges files where they lie.
struct ScanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scan", abstract: "Judge files where they lie; moves nothing.",
    discussion: """
      Directories are read with all that is in them; symbolic links are followed only where they \
      are named. With --json, one object a file, one a line.
      """)

  @OptionGroup var ruleOptions: RuleOptions

  @Flag(name: .long, help: "One JSON object a file, one a line.")
  var json = false

  @Option(
    name: .long,
    help: ArgumentHelp(
      "List what other rules would decide instead.", valueName: "dir"))
  var compare: [String] = []

  @Option(name: .long, help: "Judge as if the files had come from this source.")
  var source = "default"

  @Option(name: .long, help: "How many files are judged at once; 0 is one a core.")
  var jobs = 0

  @Argument(help: ArgumentHelp("Files and directories; '-' is standard input.", valueName: "path"))
  var paths: [String]

  func validate() throws {
    if paths.filter({ $0 == "-" }).count > 1 {
      throw ValidationError("standard input can be read once only")
    }
    if !(0...1024).contains(jobs) { throw ValidationError("--jobs takes 0 to 1024") }
  }

  func run() throws {
    let config = try ruleOptions.readConfig()
    let matcher = try ruleOptions.load(config)
    let other = compare.isEmpty ? nil : try comparison(config)
    let policy = config.policy(for: source)
    let walk = FileWalk(paths)
    var totals = ScanTotals()
    var bar = ProgressBar(total: walk.files.count)
    let judges = JudgePool(
      matchers: [matcher] + (other.map { [$0] } ?? []), limits: config.extractLimits,
      parsers: config.parsers, jobs: jobs, policy: policy, source: source)
    for problem in walk.problems {
      Terminal.error(problem)
      totals.failed += 1
    }
    judges.run(walk.files) { file, outcomes in
      totals.done += 1
      bar.show(totals.done, found: totals.found)
      bar.clear()
      report(file, outcomes, policy: policy, into: &totals)
    }
    bar.clear()
    if !json { summary(totals) }
    try totals.exit()
  }

  private func comparison(_ config: Config) throws -> Matcher {
    var options = ruleOptions
    options.rules = compare
    return try options.load(config)
  }

  private func report(
    _ file: ScannedFile, _ outcomes: [ScanOutcome], policy: Policy, into totals: inout ScanTotals
  ) {
    guard case .judged(let decision) = outcomes[0] else {
      if case .failed(let message) = outcomes[0] {
        Terminal.error("\(Display.name(file.path)): \(message)")
        totals.failed += 1
      }
      return
    }
    totals.count(decision, policy: policy)
    if outcomes.count > 1 {
      compared(file, decision, outcomes[1], into: &totals)
    } else if json {
      Terminal.write(ScanReport.json(file, decision))
    } else if decision.verdict != .pass || !decision.findings.isEmpty {
      for line in ScanReport.lines(file, decision, policy: policy) { Terminal.write(line) }
    }
  }

  private func compared(
    _ file: ScannedFile, _ old: Decision, _ outcome: ScanOutcome, into totals: inout ScanTotals
  ) {
    guard case .judged(let new) = outcome else { return }
    let change = ScanReport.change(from: old, to: new)
    guard old.verdict != new.verdict || !change.isEmpty else { return }
    totals.changed += 1
    if json {
      Terminal.write(
        .object([
          .init("path", ScanReport.path(file)), .init("before", .string(old.verdict.rawValue)),
          .init("after", .string(new.verdict.rawValue)),
          .init("rules", .array(change.map { .string($0) })),
        ]))
    } else {
      Terminal.write("\(Display.name(file.path))   \(old.verdict.shown) → \(new.verdict.shown)")
      for rule in change { Terminal.write("  \(rule)") }
    }
  }

  private func summary(_ totals: ScanTotals) {
    var line =
      "\(totals.done) examined: \(totals.passed) passed, \(totals.annotated) to annotate, "
      + "\(totals.quarantined) to quarantine, \(totals.held) to hold"
    if !compare.isEmpty { line += "; \(totals.changed) would change" }
    if totals.failed > 0 { line += "; \(totals.failed) could not be read" }
    Terminal.write(line)
  }
}
