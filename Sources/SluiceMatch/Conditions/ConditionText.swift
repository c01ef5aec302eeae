import SluiceCore
import SluiceRules

extension Condition {
  /// The condition as a rule writes it, with the names of the rule's patterns.
  package func text(_ names: [String]) -> String { text(names, nested: false) }

  private func text(_ names: [String], nested: Bool) -> String {
    func name(_ pattern: Int) -> String { names[pattern] }
    func joined(_ operands: [Condition], _ word: String) -> String {
      let text = operands.map { $0.text(names, nested: true) }.joined(separator: " \(word) ")
      return nested ? "(\(text))" : text
    }
    switch self {
    case .pattern(let pattern): return name(pattern)
    case .and(let operands): return joined(operands, "and")
    case .or(let operands): return joined(operands, "or")
    case .not(let operand): return "not \(operand.text(names, nested: true))"
    case .atLeast(let count, let patterns):
      return "\(count) of (\(patterns.map(name).joined(separator: ", ")))"
    case .count(let pattern, let comparison, let number):
      return "count(\(name(pattern))) \(comparison.rawValue) \(number)"
    case .near(let first, let second, let distance):
      return "near(\(name(first)), \(name(second)), \(distance))"
    case .before(let first, let second, let distance):
      return "before(\(name(first)), \(name(second)), \(distance))"
    case .within(let pattern, let part): return "in(\(name(pattern)), \(part.rawValue))"
    case .signal(let name): return "signal(\(name))"
    }
  }
}
