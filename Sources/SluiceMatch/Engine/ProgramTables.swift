/// Plans patterns one after the other, and gathers the tables that find them.
struct ProgramTables {
  private let usesPrefilter: Bool
  private(set) var plans: [PatternPlan] = []
  /// By pattern, what its starts are looked for by where no candidates are known of; nil where that
  /// would not do.
  private var starts: [StartRequirement?] = []
  private(set) var all = SearchTables.Builder()
  private(set) var gates = GateBuilder()

  /// Sequences above which one more costs the engine's own pass more than it costs Vectorscan.
  private static let mostPrints = 320

  init(usesPrefilter: Bool) { self.usesPrefilter = usesPrefilter }

  mutating func add(_ parsed: PatternCompiler.Parsed) {
    gates.add(parsed.requirements)
    var plan = plan(parsed)
    let own = usesPrefilter ? parsed.requirements.starts : nil
    if !plan.start.isExact { plan.starts = own }
    all.add(plans.count, plan, starts: plan.starts, gates: &gates)
    plans.append(plan)
    starts.append(plan.isEverywhere ? nil : own)
  }

  /// Patterns whose starts can be looked for when they are asked about.
  func isFound(onDemand pattern: Int) -> Bool { starts[pattern] != nil }

  /// The same tables without what is looked for on demand only.
  mutating func select(onDemand: [Bool]) -> SearchTables.Builder {
    var selected = SearchTables.Builder()
    for (pattern, plan) in plans.enumerated() {
      if onDemand[pattern], let starts = starts[pattern] {
        selected.add(onDemand: pattern, starts: starts, gates: &gates)
      } else {
        selected.add(pattern, plan, starts: plan.starts, gates: &gates)
      }
    }
    return selected
  }

  private func plan(_ parsed: PatternCompiler.Parsed) -> PatternPlan {
    guard usesPrefilter else { return .everywhere("the prefilter is off") }
    var plan = PatternPlan(parsed.requirements)
    if case .ways = plan.trigger, !fits(plan) {
      var needs = parsed.requirements
      needs.ways = []
      plan = PatternPlan(needs)
    }
    let isPlain = plan.isEverywhere || !fits(plan)
    guard isPlain, let required = parsed.node.flatMap({ RequiredLiterals($0) }) else {
      return plan
    }
    // Its stretches are searched, not asked about start by start.
    return PatternPlan(
      trigger: .vectorscan(required), start: .search(required.lead), cost: plan.cost)
  }

  /// Whether there is room for what a plan looks for in the engine's own pass.
  private func fits(_ plan: PatternPlan) -> Bool {
    plan.literals == 0 || all.sequences + plan.literals <= Self.mostPrints
  }
}
