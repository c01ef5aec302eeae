/// How candidates of patterns are found in a text, ready to be used; immutable.
final class SearchTables: Sendable {
  let triggers: TriggerTable?
  let prints: PrintTable?
  let database: PrefilterDatabase?

  init(_ parts: Parts, database: PrefilterDatabase?) {
    triggers = parts.triggers.map { TriggerTable($0) }
    prints = parts.prints.map { PrintTable($0) }
    self.database = database
  }

  /// What the tables are made of, as plain arrays.
  struct Parts {
    var triggers: TriggerBuilder.Parts?
    var prints: PrintBuilder.Parts?
  }

  /// Gathers what some patterns are found by.
  struct Builder {
    private var triggers = TriggerBuilder()
    private var prints = PrintBuilder()
    /// What Vectorscan looks for, by pattern.
    private(set) var literals: [(id: Int, bytes: [UInt8])] = []

    /// Sequences that the engine's own pass looks for.
    var sequences: Int { prints.count }

    /// Patterns come in order, each once.
    ///
    /// - Parameter starts: what its starts are looked for by, if they are.
    mutating func add(
      _ pattern: Int, _ plan: PatternPlan, starts: StartRequirement?, gates: inout GateBuilder
    ) {
      triggers.add(starts: starts, pattern: pattern, gates: &gates)
      add(trigger: plan, pattern: pattern, gates: &gates)
    }

    private mutating func add(
      trigger plan: PatternPlan, pattern: Int, gates: inout GateBuilder
    ) {
      switch plan.trigger {
      case .words, .run: triggers.add(plan, pattern: pattern)
      case .literals(let slot): prints.add(slot, pattern: pattern, isExact: plan.start.isExact)
      case .shape(let shape):
        prints.add(shape, pattern: pattern, isExact: plan.start.isExact, gates: &gates)
      case .ways(let plans):
        for plan in plans { add(trigger: plan, pattern: pattern, gates: &gates) }
      case .vectorscan(let required): literals += required.literals.map { (pattern, $0) }
      case .everywhere: break
      }
    }

    /// A pattern that has no candidates: its starts are looked for when it is asked about.
    mutating func add(
      onDemand pattern: Int, starts: StartRequirement, gates: inout GateBuilder
    ) {
      triggers.add(starts: starts, pattern: pattern, gates: &gates)
    }

    consuming func finish() -> Parts {
      Parts(triggers: triggers.finish(), prints: prints.finish())
    }
  }
}
