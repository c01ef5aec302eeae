import SluiceCore
import SluiceRules

/// Whether a condition could hold on a document, going by where its patterns may match. Never false
/// where it would hold: what must be absent or rare counts as if it were, since a candidate proves
/// nothing.
struct Prospect {
  let presence: Presence
  /// The probe of each of the rule's patterns.
  let probes: [Int]
  let signals: Set<Signal>
  /// Probes that are looked up among digests; what they say is not known before the item's end.
  let isDigest: [Bool]
  let segments: [BufferedDocument.Segment]

  func couldHold(_ condition: Condition) -> Bool {
    switch condition {
    case .pattern(let pattern): contains(pattern)
    case .and(let operands): operands.allSatisfy { couldHold($0) }
    case .or(let operands): operands.contains { couldHold($0) }
    case .not: true
    case .atLeast(let count, let patterns): patterns.lazy.filter { contains($0) }.count >= count
    case .count(let pattern, let comparison, let number):
      presence.starts(of: probes[pattern]) >= comparison.least(number)
    case .near(let first, let second, _), .before(let first, let second, _):
      presence.meet(probes[first], probes[second])
    case .within(let pattern, let part):
      presence.segments(of: probes[pattern]).contains { segments[$0].info.part == part }
    case .signal(let name): signals.contains { $0.rawValue == name }
    }
  }

  private func contains(_ pattern: Int) -> Bool {
    let probe = probes[pattern]
    return isDigest[probe] || presence.contains(probe)
  }
}

extension Condition.Comparison {
  /// The fewest matches with which a comparison with `number` holds.
  fileprivate func least(_ number: Int) -> Int {
    switch self {
    case .less, .atMost: 0
    case .equal, .atLeast: number
    case .more: number + 1
    case .notEqual: number == 0 ? 1 : 0
    }
  }
}
