import Glibc
import SluiceCore
import SluiceEval
import SluiceExtract
import SluiceMatch
import SluiceRules

/// One evaluation: judges rows and passages on all cores and gathers what they come to, in order.
final class EvalRun {
  let matcher: Matcher
  /// The rules to compare with.
  let old: Matcher?
  let limits: ExtractLimits
  let parsers: ParserClient.Options
  let policy: Policy
  let disguises: [Disguise]
  let jobs: Int
  var decisions: LinesFile?
  var onChange: (ComparisonTally.Change) -> Void = { _ in }

  private(set) var evaluation: Evaluation
  private(set) var benign: BenignTally?
  private(set) var comparison = ComparisonTally()

  init(
    matcher: Matcher, old: Matcher?, limits: ExtractLimits, parsers: ParserClient.Options,
    policy: Policy, options: Evaluation.Options, disguises: [Disguise], jobs: Int
  ) {
    self.matcher = matcher
    self.old = old
    self.limits = limits
    self.parsers = parsers
    self.policy = policy
    self.disguises = disguises
    self.jobs = jobs
    evaluation = Evaluation(options: options, disguises: disguises)
  }

  /// Judges the rows of data sets.
  func judge(_ paths: [String]) throws {
    let files = try EvalFiles(paths, passage: 1, keepsEmpty: false)
    let options = evaluation.options
    var bar = ProgressBar(total: files.size)
    var rows = 0
    try Rounds(
      workers: workers(), read: { try files.batch() },
      work: { $0.outcome($1, path: paths[$1.file], options: options) },
      fold: { input, outcome in
        try self.take(outcome.get(), input, paths)
        rows += 1
        if rows % 256 == 0 { bar.show(files.position, "\(rows) rows") }
      }
    ).run()
    bar.clear()
    try decisions?.finish()
  }

  private func take(
    _ judged: EvalWorker.Judged, _ input: EvalInput, _ paths: [String]
  ) throws {
    let path = paths[input.file]
    evaluation.add(
      judged.row, judged.verdict, shingles: judged.shingles, disguised: judged.disguised,
      groups: judged.groups, file: path, line: input.line)
    if let decisions {
      try decisions.write(
        judged.verdict.json(line: input.line, file: paths.count > 1 ? path : nil))
    }
    if let old = judged.old,
      let change = comparison.add(
        judged.row, old: old, new: judged.verdict, file: path, line: input.line)
    {
      onChange(change)
    }
  }

  /// Judges text that holds no harm, in passages of so many lines.
  func judge(benign paths: [String], passage: Int) throws {
    let files = try EvalFiles(paths, passage: passage, keepsEmpty: true)
    var tally = BenignTally(
      passage: passage, samples: evaluation.options.samples, seed: evaluation.options.seed,
      disguises: disguises)
    var bar = ProgressBar(total: files.size)
    var last = -1
    let seed = evaluation.options.seed
    try Rounds(
      workers: workers(), read: { try files.batch() }, work: { $0.passage($1, seed: seed) },
      fold: { input, outcome in
        let judged = try outcome.get()
        if input.file != last { tally.beginFile() }
        last = input.file
        tally.add(
          input.bytes, lines: input.lines, judged.verdict, disguised: judged.disguised,
          file: paths[input.file], line: input.line)
        if tally.passages % 64 == 0 { bar.show(files.position, "\(tally.lines) lines") }
      }
    ).run()
    bar.clear()
    benign = tally
  }

  private func workers() throws -> [EvalWorker] {
    try (0..<(jobs > 0 ? jobs : max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))))).map { _ in
      try EvalWorker(
        judge: TextJudge(matcher: matcher, limits: limits, parsers: parsers, policy: policy),
        old: old.map {
          try TextJudge(matcher: $0, limits: limits, parsers: parsers, policy: policy)
        },
        disguises: disguises)
    }
  }
}
