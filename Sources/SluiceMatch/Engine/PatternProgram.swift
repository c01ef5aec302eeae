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
    /// Whether no candidates of it are listed in a document that is kept: its starts are looked for
    /// when it is asked about.
    let isOnDemand: Bool
    /// As of its plan.
    let cost: Double
    /// Bytes from a match's start to the end of a literal, for those found by Vectorscan.
    let vectorscanLead: ClosedRange<Int>
    /// The plan for people.
    let planText: String

    init(
      code: ExpressionCode, analysis: PatternAnalysis, views: ViewSet, isExact: Bool,
      isEverywhere: Bool, isOnDemand: Bool, cost: Double, vectorscanLead: ClosedRange<Int>,
      planText: String
    ) {
      self.code = code
      self.analysis = analysis
      self.views = views
      self.isExact = isExact
      self.isEverywhere = isEverywhere
      self.isOnDemand = isOnDemand
      self.cost = cost
      self.vectorscanLead = vectorscanLead
      self.planText = planText
    }

    /// The same, searched for everywhere because of what is said.
    func everywhere(_ why: String) -> Entry {
      Entry(
        code: code, analysis: analysis, views: views, isExact: isExact, isEverywhere: true,
        isOnDemand: false, cost: PlanCost.search(1_000_000, starts: nil),
        vectorscanLead: vectorscanLead,
        planText: PatternPlan.everywhere(why).text)
    }

    /// Whether it may be anywhere in a document that is kept, for all that is listed.
    var isUnlisted: Bool { isEverywhere || isOnDemand }
  }

  let entries: [Entry]
  /// What finds all patterns, for texts that are matched as they come.
  let tables: SearchTables
  /// What finds those that are not looked for on demand, for documents that are kept.
  let selected: SearchTables
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
  /// By view, the most characters that a match of a pattern can look at.
  private let reach: [View: Int]

  init(_ entries: [Entry], tables: SearchTables, selected: SearchTables, gates: GateTable) {
    self.entries = entries
    self.tables = tables
    self.selected = selected
    self.gates = gates
    slow = entries.indices.filter { entries[$0].isEverywhere }
    widest = entries.map(\.analysis.mostBytes).max() ?? 0
    farthest = entries.map(\.analysis.reachBytes).max() ?? 0
    groups = entries.map(\.code.groups).max() ?? 0
    reach = View.allCases.reduce(into: [:]) { reach, view in
      let own = entries.lazy.filter { $0.views.contains(ViewSet(view)) }
      reach[view] = own.map(\.analysis.width).max() ?? 0
    }
    slowWidth = slow.reduce(0) { $0 + min(Self.mostSlowWidth, entries[$1].analysis.width) }
  }

  func reach(in view: View) -> Int { reach[view] ?? 0 }

  /// Whether all patterns run as machine code.
  package var jitInUse: Bool { !entries.isEmpty && entries.allSatisfy(\.code.hasJIT) }

  /// Patterns by the way their candidates are found, for the start record.
  package var facts: [String: Int] {
    [
      "patterns": entries.count, "prefiltered": entries.count - slow.count,
      "everywhere": slow.count, "on_demand": entries.count { $0.isOnDemand },
      "words": tables.triggers?.words ?? 0, "jit": jitInUse ? 1 : 0,
      "database_bytes": tables.database?.size ?? 0,
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
