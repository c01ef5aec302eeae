import SluiceCore
import SluiceRules

/// Says in words which parts of a condition failed, and what was seen instead.
struct Failure {
  let evaluation: Evaluation
  let names: [String]

  /// The failed parts of a condition that does not hold, each as written with what was seen.
  func parts(of condition: Condition) -> [String] {
    guard !evaluation.holds(condition) else { return [] }
    switch condition {
    case .and(let operands): return operands.flatMap { parts(of: $0) }
    case .or(let operands):
      return ["\(condition.text(names)): no side holds"] + operands.flatMap { parts(of: $0) }
    default: return ["\(condition.text(names)): \(reason(condition))"]
    }
  }

  private func reason(_ condition: Condition) -> String {
    switch condition {
    case .pattern(let pattern): return seen(pattern) ? "only covered matches" : "no match"
    case .and, .or: return "does not hold"
    case .not(let operand): return "\(operand.text(names)) holds"
    case .atLeast(_, let patterns):
      let matched = patterns.filter { evaluation.matches($0, in: nil) }
      let list = matched.map { names[$0] }.joined(separator: ", ")
      return matched.isEmpty ? "none matched" : "only \(list) matched"
    case .count(let pattern, _, _): return "\(evaluation.whole.count(pattern, in: nil)) counted"
    case .near(let first, let second, let distance):
      return pair(first, second, distance, ordered: false)
    case .before(let first, let second, let distance):
      return pair(first, second, distance, ordered: true)
    case .within(let pattern, _):
      guard seen(pattern) else { return "no match" }
      let parts = Set(
        evaluation.runs(pattern, in: nil, part: nil).map {
          evaluation.ground.store.segments[$0.segment].part.rawValue
        })
      return "matched in \(parts.sorted().joined(separator: ", ")) only"
    case .signal: return "not raised"
    }
  }

  private func pair(_ first: Int, _ second: Int, _ distance: Int, ordered: Bool) -> String {
    let missing = [first, second].filter { !seen($0) }.map { names[$0] }
    guard missing.isEmpty else { return "no match of \(missing.joined(separator: " and "))" }
    let pairs = evaluation.pairs(first, second, distance, ordered: ordered, in: nil)
    if pairs.isEmpty { return "the matches lie in different segments" }
    guard let nearest = pairs.compactMap(\.nearest).min() else {
      return ordered ? "no \(names[first]) ends before a \(names[second])" : "one match only"
    }
    return "the nearest are \(nearest) characters apart"
  }

  private func seen(_ pattern: Int) -> Bool { evaluation.whole.matches(pattern, in: nil) }
}
