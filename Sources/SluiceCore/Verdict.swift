// SluiceCore: the words of Sluice as value types, shared by every other target.
// Trusts: nothing; values are built by the targets that examined the bytes they describe.
// Never: touches a file, a clock, a socket or a C library.

/// What was decided about an item.
///
/// The order is the order of precedence: `quarantine` outranks `hold`, which outranks `annotate`.
package enum Verdict: String, Sendable, Hashable, CaseIterable, Comparable {
  /// Nothing that acts was found and everything was examined.
  case pass
  /// Something was found; the item goes on with a note beside it.
  case annotate
  /// Not fully examined, or its rule is disarmed: not let through.
  case hold
  /// Harmful enough to be kept for review.
  case quarantine

  package static func < (left: Verdict, right: Verdict) -> Bool { left.rank < right.rank }

  private var rank: Int {
    switch self {
    case .pass: 0
    case .annotate: 1
    case .hold: 2
    case .quarantine: 3
    }
  }
}
