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
    /// Vectorscan finds a literal that every match holds.
    case prefiltered(RequiredLiterals)
    /// PCRE2 searches everywhere, and why.
    case everywhere(why: String)

    /// Bytes from a match's start to the end of the hit that stands for it.
    var lead: ClosedRange<Int> {
      switch self {
      case .prefiltered(let literals): literals.lead
      case .everywhere: 0...0
      }
    }
  }

  let entries: [Entry]
  let database: PrefilterDatabase?
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

  private init(_ entries: [Entry], database: PrefilterDatabase?) {
    self.entries = entries
    self.database = database
    slow = entries.indices.filter {
      if case .everywhere = entries[$0].plan { true } else { false }
    }
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
      "everywhere": slow.count, "jit": jitInUse ? 1 : 0, "database_bytes": database?.size ?? 0,
    ]
  }

  /// How a pattern is searched for, for its author.
  package func plan(of pattern: Int) -> String {
    let entry = entries[pattern]
    let width = "\(entry.analysis.least) to \(entry.analysis.most) characters wide"
    switch entry.plan {
    case .prefiltered(let literals):
      return "\(width); candidates by Vectorscan at \(literals.shown)"
    case .everywhere(let why): return "\(width); searched for everywhere: \(why)"
    }
  }

  /// Compiles all specs. With a fault there is no program; faults carry the index of their spec.
  package static func compile(_ specs: [PatternSpec], options: EngineOptions = EngineOptions()) -> (
    program: PatternProgram?, faults: [(spec: Int, fault: PatternFault)]
  ) {
    var entries: [Entry] = []
    var faults: [(spec: Int, fault: PatternFault)] = []
    var literals: [(id: Int, bytes: [UInt8])] = []
    for (index, spec) in specs.enumerated() {
      let parsed = PatternCompiler.read(spec, options: options)
      faults += parsed.faults.map { (index, $0) }
      guard parsed.faults.isEmpty, let node = parsed.node, let code = parsed.code,
        let analysis = parsed.analysis
      else { continue }
      var plan = Plan.everywhere(why: "no literal must be there")
      if !options.usePrefilter {
        plan = .everywhere(why: "the prefilter is off")
      } else if let required = RequiredLiterals(node) {
        plan = .prefiltered(required)
        literals += required.literals.map { (index, $0) }
      }
      entries.append(Entry(code: code, analysis: analysis, views: spec.views, plan: plan))
    }
    guard faults.isEmpty else { return (nil, faults) }
    let (database, refused) = PrefilterDatabase.compile(literals)
    if let refused {
      for (id, _) in literals { entries[id].plan = .everywhere(why: refused) }
    }
    return (PatternProgram(entries, database: database), [])
  }
}
