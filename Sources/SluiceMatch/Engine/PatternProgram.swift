import SluiceCore

/// All patterns of a generation, compiled; immutable and shared by all workers.
package final class PatternProgram: Sendable {
  /// What a scanner needs of one pattern.
  final class Entry: Sendable {
    /// Anchored where single starts are asked about, be it that their words are known.
    let code: ExpressionCode
    let analysis: PatternAnalysis
    let views: ViewSet
    /// Whether single starts are asked about, each by itself.
    let isExact: Bool
    let isEverywhere: Bool
    /// Bytes from a match's start to the end of a literal, for those found by Vectorscan.
    let vectorscanLead: ClosedRange<Int>
    /// The plan for people.
    let planText: String

    init(
      code: ExpressionCode, analysis: PatternAnalysis, views: ViewSet, isExact: Bool,
      isEverywhere: Bool, vectorscanLead: ClosedRange<Int>, planText: String
    ) {
      self.code = code
      self.analysis = analysis
      self.views = views
      self.isExact = isExact
      self.isEverywhere = isEverywhere
      self.vectorscanLead = vectorscanLead
      self.planText = planText
    }

    /// The same, searched for everywhere because of what is said.
    func everywhere(_ why: String) -> Entry {
      Entry(
        code: code, analysis: analysis, views: views, isExact: isExact, isEverywhere: true,
        vectorscanLead: vectorscanLead, planText: PatternPlan.everywhere(why).text)
    }
  }

  let entries: [Entry]
  let database: PrefilterDatabase?
  let triggers: TriggerTable?
  let prints: PrintTable?
  let gates: GateTable
  /// Patterns that are searched for everywhere.
  let slow: [Int]
  /// What those cost a byte whatever the text, in units of the budget.
  let slowWidth: Int
  /// Wider ones are charged for the rest.
  private static let mostSlowWidth = 256
  /// The most bytes of any match, and the most that any pattern looks at before or behind it.
  let widest: Int
  let farthest: Int
  let groups: Int

  init(
    _ entries: [Entry], database: PrefilterDatabase?, triggers: TriggerTable?,
    prints: PrintTable?, gates: GateTable
  ) {
    self.entries = entries
    self.database = database
    self.triggers = triggers
    self.prints = prints
    self.gates = gates
    slow = entries.indices.filter { entries[$0].isEverywhere }
    widest = entries.map(\.analysis.mostBytes).max() ?? 0
    farthest = entries.map(\.analysis.reachBytes).max() ?? 0
    groups = entries.map(\.code.groups).max() ?? 0
    slowWidth = slow.reduce(0) { $0 + min(Self.mostSlowWidth, entries[$1].analysis.width) }
  }

  /// Whether all patterns run as machine code.
  package var jitInUse: Bool { !entries.isEmpty && entries.allSatisfy(\.code.hasJIT) }

  /// Patterns by the way their candidates are found, for the start record.
  package var facts: [String: Int] {
    [
      "patterns": entries.count, "prefiltered": entries.count - slow.count,
      "everywhere": slow.count, "words": triggers?.words ?? 0, "jit": jitInUse ? 1 : 0,
      "database_bytes": database?.size ?? 0,
    ]
  }

  /// How a pattern is searched for, for its author.
  package func plan(of pattern: Int) -> String {
    let entry = entries[pattern]
    return "\(entry.analysis.least) to \(entry.analysis.most) characters wide; "
      + entry.planText
  }

  func isInView(_ pattern: Int, _ view: View) -> Bool {
    entries[pattern].views.contains(ViewSet(view))
  }
}
