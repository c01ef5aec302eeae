/// Plans patterns one after the other, and gathers the tables that find them.
struct ProgramTables {
  private let usesPrefilter: Bool
  private(set) var triggers = TriggerBuilder()
  private(set) var prints = PrintBuilder()
  private(set) var gates = GateBuilder()
  /// What Vectorscan looks for, by pattern.
  private(set) var literals: [(id: Int, bytes: [UInt8])] = []

  /// Sequences above which one more costs the engine's own pass more than it costs Vectorscan.
  private static let mostPrints = 320

  init(usesPrefilter: Bool) { self.usesPrefilter = usesPrefilter }

  mutating func add(_ parsed: PatternCompiler.Parsed, pattern: Int) -> PatternPlan {
    gates.add(parsed.requirements)
    var plan = plan(parsed)
    if usesPrefilter, !plan.start.isExact { plan.starts = parsed.requirements.starts }
    triggers.add(starts: plan.starts, pattern: pattern, gates: &gates)
    switch plan.trigger {
    case .words, .run: triggers.add(plan, pattern: pattern)
    case .literals(let slot): prints.add(slot, pattern: pattern, isExact: plan.start.isExact)
    case .shape(let shape):
      prints.add(shape, pattern: pattern, isExact: plan.start.isExact, gates: &gates)
    case .vectorscan(let required): literals += required.literals.map { (pattern, $0) }
    case .everywhere: break
    }
    return plan
  }

  private func plan(_ parsed: PatternCompiler.Parsed) -> PatternPlan {
    guard usesPrefilter else { return .everywhere("the prefilter is off") }
    let plan = PatternPlan(parsed.requirements)
    let isPlain: Bool =
      switch plan.trigger {
      case .literals(let slot): prints.count + slot.literals.count > Self.mostPrints
      case .everywhere: true
      default: false
      }
    guard isPlain, let required = parsed.node.flatMap({ RequiredLiterals($0) }) else {
      return plan
    }
    // Its stretches are searched, not asked about start by start.
    return PatternPlan(trigger: .vectorscan(required), start: .search(required.lead))
  }
}
