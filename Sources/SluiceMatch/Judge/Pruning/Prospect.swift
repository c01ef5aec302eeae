import SluiceCore
import SluiceRules

extension Examiner {
  /// Whether a rule could hold on the document, going by where its patterns may match. Never false
  /// where it would hold: a candidate proves nothing, so what must be absent or rare counts as if it
  /// were until a match is known.
  ///
  /// - Parameter placed: whether it matters how far from each other the patterns of `near` and
  ///   `before` stand.
  func couldHold(_ compiled: CompiledRule, placed: Bool) -> Bool {
    // Other documents of the item are not known yet.
    guard compiled.rule.scope == .document else { return true }
    return Prospect(examiner: self, probes: compiled.probes, placed: placed)
      .couldHold(compiled.rule.condition)
  }
}

private struct Prospect {
  let examiner: Examiner
  /// The probe of each of the rule's patterns.
  let probes: [Int]
  let placed: Bool

  func couldHold(_ condition: Condition) -> Bool {
    switch condition {
    case .pattern(let pattern): contains(pattern)
    case .and(let operands): operands.allSatisfy { couldHold($0) }
    case .or(let operands): operands.contains { couldHold($0) }
    case .not(let operand): !holds(operand)
    case .atLeast(let count, let patterns): patterns.lazy.filter { contains($0) }.count >= count
    case .count(let pattern, let comparison, let number):
      isUntold(pattern)
        || examiner.presence.starts(of: probes[pattern]) >= comparison.least(number)
    case .near(let first, let second, let distance): mayMeet(first, second, distance, false)
    case .before(let first, let second, let distance): mayMeet(first, second, distance, true)
    case .within(let pattern, let part):
      isUntold(pattern)
        || examiner.presence.segments(of: probes[pattern]).contains {
          examiner.document.segments[$0].info.part == part
        }
    case .signal(let name):
      examiner.store.documents.last?.signals.contains { $0.rawValue == name } ?? false
    }
  }

  /// Whether a condition is known to hold, by matches that the verdict will know too.
  private func holds(_ condition: Condition) -> Bool {
    switch condition {
    case .pattern(let pattern): examiner.denials.contains(probes[pattern])
    case .and(let operands): operands.allSatisfy { holds($0) }
    case .or(let operands): operands.contains { holds($0) }
    default: false
    }
  }

  private func contains(_ pattern: Int) -> Bool {
    let probe = probes[pattern]
    // What digests say is not known before the item's end.
    return examiner.matcher.isDigest[probe] || examiner.presence.contains(probe)
      || examiner.isUntold(probe)
  }

  /// Whether nothing was found out yet about where a pattern may match: anywhere.
  private func isUntold(_ pattern: Int) -> Bool { examiner.isUntold(probes[pattern]) }

  private func mayMeet(_ first: Int, _ second: Int, _ distance: Int, _ ordered: Bool) -> Bool {
    guard !isUntold(first), !isUntold(second) else { return contains(first) && contains(second) }
    let (first, second) = (probes[first], probes[second])
    return examiner.presence.meet(first, second) { segment in
      !placed || examiner.mayMeet(first, second, distance, ordered: ordered, in: segment)
    }
  }
}

extension Condition.Comparison {
  /// The fewest matches with which a comparison with `number` holds.
  func least(_ number: Int) -> Int {
    switch self {
    case .less, .atMost: 0
    case .equal, .atLeast: number
    case .more: number + 1
    case .notEqual: number == 0 ? 1 : 0
    }
  }
}
