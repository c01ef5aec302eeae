/// How grave a rule's finding is; each step carries the score that a finding adds to its harm.
package enum Severity: String, Sendable, Hashable, CaseIterable, Comparable {
  case low, medium, high, critical

  /// Points (0…100) that a finding of this severity adds.
  package var score: Int {
    switch self {
    case .low: 20
    case .medium: 40
    case .high: 70
    case .critical: 100
    }
  }

  /// The next lower step, which is what an exception leaves; `low` has none.
  package var lowered: Severity? {
    switch self {
    case .low: nil
    case .medium: .low
    case .high: .medium
    case .critical: .high
    }
  }

  package static func < (left: Severity, right: Severity) -> Bool { left.score < right.score }
}
