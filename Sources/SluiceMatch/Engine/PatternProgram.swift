import SluiceCore

/// All patterns of a generation, compiled; immutable and shared by all workers.
package final class PatternProgram: Sendable {
  struct Entry: Sendable {
    var code: ExpressionCode
    var analysis: PatternAnalysis
    var views: ViewSet
    var plan: Plan
  }

  /// How candidates of a pattern are found.
  enum Plan: Sendable, Hashable {
    /// Vectorscan finds a part that every match holds.
    case prefiltered(PrefilterExpression)
    /// PCRE2 searches everywhere, and why.
    case everywhere(why: String)

    /// Bytes from a match's start to the end of the hit that stands for it.
    var lead: ClosedRange<Int> {
      switch self {
      case .prefiltered(let expression): expression.lead
      case .everywhere: 0...0
      }
    }
  }

  let entries: [Entry]
  let database: PrefilterDatabase?
  /// Patterns that are searched for everywhere.
  let slow: [Int]
  /// The most bytes of any match, and the most that any pattern looks at before or behind it.
  let widest: Int
  let farthest: Int
  let groups: Int

  private init(_ entries: [Entry], database: PrefilterDatabase?) {
    self.entries = entries
    self.database = database
    slow = entries.indices.filter {
      if case .everywhere = entries[$0].plan { true } else { false }
    }
    widest = entries.map(\.analysis.mostBytes).max() ?? 0
    farthest = entries.map(\.analysis.reachBytes).max() ?? 0
    groups = entries.map(\.code.groups).max() ?? 0
  }

  /// Whether all patterns run as machine code.
  package var jitInUse: Bool { !entries.isEmpty && entries.allSatisfy(\.code.hasJIT) }

  /// Patterns by the way their candidates are found, for the start record.
  package var facts: [String: Int] {
    [
      "patterns": entries.count, "prefiltered": entries.count - slow.count,
      "everywhere": slow.count, "jit": jitInUse ? 1 : 0, "database_bytes": database?.size ?? 0,
    ]
  }

  /// How a pattern is searched for, for its author.
  package func plan(of pattern: Int) -> String {
    let entry = entries[pattern]
    let width = "\(entry.analysis.least) to \(entry.analysis.most) characters wide"
    switch entry.plan {
    case .prefiltered(let expression):
      return "\(width); candidates by Vectorscan: \(expression.source)"
    case .everywhere(let why): return "\(width); searched for everywhere: \(why)"
    }
  }

  /// Compiles all specs. With a fault there is no program; faults carry the index of their spec.
  package static func compile(_ specs: [PatternSpec], options: EngineOptions = EngineOptions()) -> (
    program: PatternProgram?, faults: [(spec: Int, fault: PatternFault)]
  ) {
    var entries: [Entry] = []
    var faults: [(spec: Int, fault: PatternFault)] = []
    var sources: [String] = []
    var ids: [Int] = []
    for (index, spec) in specs.enumerated() {
      let parsed = PatternCompiler.read(spec, options: options)
      faults += parsed.faults.map { (index, $0) }
      guard parsed.faults.isEmpty, let node = parsed.node, let code = parsed.code,
        let analysis = parsed.analysis
      else { continue }
      var plan = Plan.everywhere(why: "no part of it must be there")
      if !options.usePrefilter {
        plan = .everywhere(why: "the prefilter is off")
      } else if let expression = PrefilterExpression(node) {
        plan = .prefiltered(expression)
        sources.append(expression.source)
        ids.append(index)
      }
      entries.append(Entry(code: code, analysis: analysis, views: spec.views, plan: plan))
    }
    guard faults.isEmpty else { return (nil, faults) }
    let (database, refused) = PrefilterDatabase.compile(sources, ids: ids)
    for (index, why) in refused { entries[ids[index]].plan = .everywhere(why: why) }
    return (PatternProgram(entries, database: database), [])
  }
}
