import ArgumentParser
import SluiceCore
import SluiceDaemon
import SluiceEval
import SluiceLog
import SluiceMatch
import SluiceRules

/// `sluice eval`: how well the rules find what labelled texts say is there.
struct EvalCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "eval",
    abstract:
      "Measure rules on labelled texts: recall, false alarms, the rules that carry or hurt.",
    discussion: """
      A data set has one JSON object a line: {"text", "label" (1 harmful, 0 harmless), "category", \
      "lang", "source", "group"}; files may be compressed with gzip. A row is a hit when a rule of \
      any pack calls for annotate or more. Rows of which half of the runs of four words stand in one \
      earlier row are near-duplicates and counted apart. Under 100 rows, counts stand for rates; \
      intervals are Wilson's at 95 %. Exit status 1 where a floor was not reached.
      """)

  @OptionGroup var ruleOptions: RuleOptions

  @Option(
    name: .long,
    help: ArgumentHelp("Judge under this profile; may be given again.", valueName: "profile"))
  var profile: [String] = []

  @Option(name: .long, help: "List by harm, rule, dataset, lang or group.")
  var by: EvalReport.Dimension?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Which packs are right for each category: a JSON object of lists.",
      discussion: "A category 'area/detail' that it does not name is looked up as 'area'.",
      valueName: "file"))
  var map: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Words that say whom a text is about: a JSON object of lists, for --by group.",
      valueName: "file"))
  var groups: String?

  @Flag(
    name: .long,
    help: "Count near-duplicates like other rows, as it takes to compare groups of one template.")
  var keepDuplicates = false

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Also judge every text in a disguise, or in all; may be given again.", valueName: "name"))
  var evade: [String] = []

  @Flag(name: .long, help: "The whole report as one JSON object.")
  var json = false

  @Option(name: .long, help: ArgumentHelp("Write a report with curves.", valueName: "file"))
  var html: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Write one object a row, in order: line, verdict, scores, rules.", valueName: "file"))
  var decisions: String?

  @Option(
    name: .long, parsing: .upToNextOption,
    help: ArgumentHelp(
      "Files of harmless text: what is found in a million lines of it.", valueName: "file"))
  var benign: [String] = []

  @Option(
    name: .long,
    help: "Lines of harmless text that are judged as one item; 1 takes each alone.")
  var passage = 50

  @Option(
    name: .long, parsing: .upToNextOption,
    help: ArgumentHelp(
      "Show row by row what changing from one set of rules to another does.",
      valueName: "old> <new"))
  var compare: [String] = []

  @Option(
    name: .long,
    help: ArgumentHelp("Fail where a source is below its floor in this file.", valueName: "file"))
  var floors: String?

  @Option(name: .long, help: "Misses and false alarms to sample of each source.")
  var samples = 10

  @Option(name: .long, help: "Which rows are sampled, and how disguises fall.")
  var seed: UInt64 = 1

  @Flag(name: .long, help: "Show sampled texts in full, not masked.")
  var reveal = false

  @Option(name: .long, help: "How many texts are judged at once; 0 is one a core.")
  var jobs = 0

  @Argument(help: ArgumentHelp("Data sets, plain or gzip.", valueName: "file.jsonl"))
  var files: [String] = []

  func validate() throws {
    if !compare.isEmpty, compare.count < 2 {
      throw ValidationError("--compare takes two sets of rules, the old and the new one")
    }
    if dataFiles.isEmpty, benign.isEmpty {
      throw ValidationError("give a data set, or harmless text with --benign")
    }
    if !(0...1024).contains(jobs) { throw ValidationError("--jobs takes 0 to 1024") }
    if passage < 1 { throw ValidationError("--passage takes 1 or more") }
    if samples < 0 { throw ValidationError("--samples takes 0 or more") }
    if !compare.isEmpty, !ruleOptions.rules.isEmpty {
      throw ValidationError("--compare names its rules itself, without --rules")
    }
    _ = try disguises()
  }

  /// Files after `--compare OLD NEW` are data sets too.
  private var dataFiles: [String] { files + compare.dropFirst(2) }

  private func disguises() throws -> [Disguise] {
    if evade.contains("all") { return Disguise.allCases }
    return try evade.map { name in
      guard let disguise = Disguise(rawValue: name) else {
        let names = Disguise.allCases.map(\.rawValue).joined(separator: ", ")
        throw ValidationError("no disguise '\(name)'; there are: \(names), all")
      }
      return disguise
    }
  }

  func run() throws {
    do {
      try evaluate()
    } catch let error as EvalError {
      Terminal.error(error.description)
      throw ExitCode.impossible
    }
  }

  private func evaluate() throws {
    let config = try ruleOptions.readConfig()
    var policy = config.policy(for: "default")
    if !profile.isEmpty { policy.profiles = profile }
    let options = Evaluation.Options(
      map: try map.map { path throws(EvalError) in try WordMap(path: path) } ?? .empty,
      groups: try groups.map { path throws(EvalError) in try WordMap(path: path) } ?? .empty,
      keepsDuplicates: keepDuplicates, samples: samples, seed: seed)
    let floors = try floors.map { path throws(EvalError) in try Floors(path: path) }
    let matcher = try matcher(config, compare.isEmpty ? ruleOptions.rules : [compare[1]])
    let old = compare.isEmpty ? nil : try self.matcher(config, [compare[0]])
    warn(options.map, matcher)
    let run = EvalRun(
      matcher: matcher, old: old, limits: config.extractLimits, parsers: config.parsers,
      policy: policy, options: options,
      disguises: try disguises(), jobs: jobs)
    if let decisions { run.decisions = try LinesFile(decisions) }
    if old != nil { run.onChange = { show($0) } }
    try run.judge(dataFiles)
    if !benign.isEmpty { try run.judge(benign: benign, passage: passage) }
    try report(run, policy)
    let breaches = floors?.breaches(run.evaluation) ?? []
    for breach in breaches { Terminal.error(Display.escape("floor: \(breach)")) }
    if !breaches.isEmpty { throw ExitCode.found }
  }

  private func matcher(_ config: Config, _ rules: [String]) throws -> Matcher {
    var options = ruleOptions
    options.rules = rules
    return try options.load(config)
  }

  private func warn(_ map: WordMap, _ matcher: Matcher) {
    let known = Set(matcher.ruleSet.packs.map(\.id))
    for pack in Set(map.entries.values.joined()).subtracting(known).sorted() {
      Terminal.error("the map names the pack '\(Display.escape(pack))', which is not loaded")
    }
  }

  private func show(_ change: ComparisonTally.Change) {
    if json { return Terminal.write(change.json) }
    let label = change.isHarm ? "harmful" : "harmless"
    Terminal.write(
      Display.escape("\(change.file):\(change.line)  \(label) \(change.category)  ")
        + "\(change.before.shown) → \(change.after.shown)"
        + (change.effect == .other ? "" : "  \(change.effect.rawValue)"))
    for rule in change.lost { Terminal.write("  - \(Display.escape(rule))") }
    for rule in change.gained { Terminal.write("  + \(Display.escape(rule))") }
  }

  private func report(_ run: EvalRun, _ policy: Policy) throws {
    let rules = run.matcher.ruleSet
    let report = EvalReport(
      evaluation: run.evaluation, benign: run.benign, packs: rules.packs.count,
      rules: rules.rules.count, generation: rules.digest.description, profiles: policy.profiles,
      shown: { reveal ? $0 : Masking.masked.apply($0) ?? "" })
    if let html {
      let file = try LinesFile(html)
      try file.write(
        Array(report.html(annotate: policy.annotate, quarantine: policy.quarantine).utf8))
      try file.finish()
    }
    guard compare.isEmpty else {
      if !json { Terminal.write(run.comparison.summary) }
      return
    }
    if json {
      Terminal.write(report.json)
    } else {
      report.lines(by: by).forEach(Terminal.write)
    }
  }
}

extension EvalReport.Dimension: ExpressibleByArgument {}
