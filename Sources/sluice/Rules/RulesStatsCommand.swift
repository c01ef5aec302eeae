import ArgumentParser
import Glibc
import SluiceCore
import SluiceDaemon
import SluiceLog

/// `sluice rules stats`: which rules earn their place, as the log has it.
struct RulesStatsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stats",
    abstract: "Say from the log what each rule did: hits, releases, cost, last hit.",
    discussion: """
      A released item is one that a reviewer let go: a rule with many of them cries wolf. Cost is the \
      mean work on the items in which the rule was found, in the units of the log, to be held against \
      the mean over all items. Rules that are loaded and were never found are listed too.
      """)

  @OptionGroup var ruleOptions: RuleOptions

  @Option(name: .long, help: ArgumentHelp("The log's directory.", valueName: "dir"))
  var log: String?

  @Option(name: .long, help: ArgumentHelp("Records from this moment on.", valueName: "rfc3339"))
  var since: String?

  @Option(name: .long, help: ArgumentHelp("Records up to this moment.", valueName: "rfc3339"))
  var until: String?

  @Flag(name: .long, help: "One JSON object a rule, one a line.")
  var json = false

  func validate() throws {
    for moment in [since, until] {
      if let moment, Timestamp(moment) == nil {
        throw ValidationError("'\(moment)' is no time such as 2026-03-01T12:00:00Z")
      }
    }
  }

  func run() throws {
    let config = try ruleOptions.readConfig()
    var history = try read(log ?? config.logPath)
    for rule in try loadedRules(config) { history.name(rule) }
    let entries = history.entries.sorted { left, right in
      (right.value.found, right.value.shadow, left.key)
        < (left.value.found, left.value.shadow, right.key)
    }
    if json {
      for (rule, entry) in entries { Terminal.write(Self.json(rule, entry, history)) }
      return
    }
    Terminal.write(
      "\(history.items) items in the log, \(history.cost) units of work each; \(entries.count) rules"
    )
    Terminal.write(
      [
        "found", "alone", "annotated", "quarantined", "held", "released", "confirmed", "shadow",
        "cost",
      ]
      .map { $0.padded(to: 11) }.joined() + "last hit".padded(to: 22) + "rule")
    for (rule, entry) in entries {
      let numbers = [
        entry.found, entry.alone, entry.annotated, entry.quarantined, entry.held, entry.released,
        entry.confirmed, entry.shadow, entry.cost,
      ]
      let last = entry.last.map { String($0.description.prefix(19)) + "Z" } ?? "never"
      Terminal.write(
        numbers.map { "\($0)".padded(to: 11) }.joined() + last.padded(to: 22)
          + Display.escape(rule))
    }
  }

  private func read(_ directory: String) throws -> RuleHistory {
    var history = RuleHistory()
    let (first, last) = (since.flatMap { Timestamp($0) }, until.flatMap { Timestamp($0) })
    do throws(LogError) {
      let reader = try LogReader(directory, resolves: false)
      while let entry = try reader.next() {
        if let first, let time = entry.time, time < first { continue }
        if let last, let time = entry.time, last < time { continue }
        history.add(entry)
      }
    } catch {
      throw Failure(error.description)
    }
    return history
  }

  /// The rules that would judge now; none where none are named or installed.
  private func loadedRules(_ config: Config) throws -> [String] {
    let isNamed = !ruleOptions.rules.isEmpty
    guard isNamed || config.rulePaths.contains(where: { access($0, F_OK) == 0 }) else { return [] }
    return try ruleOptions.read(config, runTests: false).ruleSet.rules.map(\.id)
  }

  private static func json(_ rule: String, _ entry: RuleHistory.Entry, _ history: RuleHistory)
    -> JSON
  {
    .object([
      .init("rule", .string(rule)), .init("found", .int(entry.found)),
      .init("alone", .int(entry.alone)), .init("annotated", .int(entry.annotated)),
      .init("quarantined", .int(entry.quarantined)), .init("held", .int(entry.held)),
      .init("released", .int(entry.released)), .init("confirmed", .int(entry.confirmed)),
      .init("shadow", .int(entry.shadow)), .init("cost", .int(entry.cost)),
      .init("mean_cost", .int(history.cost)),
      .init("first_hit", entry.first.map { .string($0.description) } ?? .null),
      .init("last_hit", entry.last.map { .string($0.description) } ?? .null),
    ])
  }
}
