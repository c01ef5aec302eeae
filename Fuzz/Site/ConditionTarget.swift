import SluiceRules

@testable import SluiceRules

/// The text of a condition: as it comes, or grown from the grammar (first byte odd).
struct ConditionTarget: FuzzTarget {
  static let names = ["a", "b", "fee", "windfall", "käse"]

  func run(_ input: [UInt8]) {
    guard let first = input.first else { return }
    let text: String
    if first & 1 == 1 {
      var choices = Choices(input.dropFirst())
      text = Self.condition(&choices, depth: 80)
    } else {
      text = String(decoding: input.dropFirst(), as: UTF8.self)
    }
    do throws(ConditionFault) {
      let output = try ConditionParser.parse(text, names: Self.names)
      guard output.used.allSatisfy({ Self.names.indices.contains($0) }) else {
        fatalError("a pattern that is not there: \(text)")
      }
      // All three may be undecided; none may take long.
      _ = ConditionSatisfiability.canHold(output.condition)
      _ = ConditionSatisfiability.canFail(output.condition)
      _ = ConditionSatisfiability.holdsOnNothing(output.condition)
    } catch {
      // A caret has to point into the text, or just behind it.
      let length = text.unicodeScalars.count
      guard (0...length).contains(error.start) else {
        fatalError("a fault outside of its text: \(error) in \(text)")
      }
    }
  }

  /// Mostly sound, now and then not.
  static func condition(_ choices: inout Choices, depth: Int) -> String {
    guard depth > 0, !choices.isOver else { return choices.pick(names) }
    func inner(_ choices: inout Choices) -> String { condition(&choices, depth: depth - 1) }
    switch choices.next(14) {
    case 0: return choices.pick(names)
    case 1: return "not " + inner(&choices)
    case 2: return "(" + inner(&choices) + ")"
    case 3: return choices.some(6, inner).joined(separator: " and ")
    case 4: return choices.some(6, inner).joined(separator: " or ")
    case 5: return "\(number(&choices)) of (\(list(&choices)))"
    case 6: return "any of them"
    case 7: return "all of them"
    case 8:
      return "count(\(choices.pick(names))) \(choices.pick([">=", "<=", "==", "<", ">", "!="])) "
        + number(&choices)
    case 9: return "near(\(choices.pick(names)), \(choices.pick(names)), \(number(&choices)))"
    case 10: return "before(\(choices.pick(names)), \(choices.pick(names)), \(number(&choices)))"
    case 11: return "in(\(choices.pick(names)), \(choices.pick(["subject", "body", "name", "x"])))"
    case 12: return "signal(\(choices.pick(["archive-encrypted", "x", "macro", ""])))"
    default: return choices.pick(["(", ")", "and", "of", ",", "\u{0}", "\u{202E}", "≥", ""])
    }
  }

  private static func list(_ choices: inout Choices) -> String {
    choices.some(5) { $0.pick(names) }.joined(separator: ", ")
  }

  private static func number(_ choices: inout Choices) -> String {
    choices.pick(["0", "1", "2", "3", "60", "100000", "100001", "9223372036854775808", "-1", "1e3"])
  }
}
