import SluiceRules

extension CompiledRule {
  /// What must be there for the rule to hold, as patterns of the program. Where nothing must be, and
  /// where other documents of the item count too, all that the rule looks at.
  func need(_ all: [Probe]) -> PatternNeed {
    func patterns(_ some: [Int]) -> PatternNeed {
      .oneOf(Set(some.flatMap { all[$0].expressions }).sorted())
    }
    guard rule.scope == .document else { return patterns(mentioned) }
    let need = rule.condition.need { pattern in
      let probe = all[probes[pattern]]
      // What digests say is not known before the item's end.
      if case .digests = probe.source { return .nothing }
      return .oneOf(probe.expressions)
    }
    let costs = Array(
      repeating: 1.0, count: (mentioned.flatMap { all[$0].expressions }.max() ?? -1) + 1)
    return need.hittingSet(cost: costs) == nil ? patterns(probes) : need
  }
}

extension Condition {
  /// - Parameter one: what a match of a pattern needs.
  fileprivate func need(_ one: (Int) -> PatternNeed) -> PatternNeed {
    switch self {
    case .pattern(let pattern), .within(let pattern, _): one(pattern)
    case .and(let operands): .all(operands.map { $0.need(one) })
    case .or(let operands): .any(operands.map { $0.need(one) })
    case .not: .nothing
    case .atLeast(let count, let patterns): .atLeast(count, patterns.map(one))
    case .count(let pattern, let comparison, let number):
      comparison.least(number) > 0 ? one(pattern) : .nothing
    case .near(let first, let second, _), .before(let first, let second, _):
      .all([one(first), one(second)])
    case .signal(let name): .signal(name)
    }
  }
}
