import Synchronization

/// What the compiled expressions of one set may come to, counted while they are made, so that a set
/// which would take all memory is refused before it has.
final class CodeRoom: Sendable {
  private let limit: Int
  private let used = Atomic(0)

  /// - Parameter limit: bytes.
  init(limit: Int) { self.limit = limit }

  var isFull: Bool { used.load(ordering: .relaxed) > limit }

  /// Counts `bytes`; the fault is that of the expression with which the room was used up, and of no
  /// other.
  func take(_ bytes: Int) -> PatternFault? {
    let (before, after) = used.add(bytes, ordering: .relaxed)
    guard before <= limit, after > limit else { return nil }
    return PatternFault(
      scalar: 0, code: "rules-memory",
      "with this expression the compiled rules come to more than \(limit / (1 << 20)) MiB",
      hint: "take in fewer rules, lower the bounds of their repeats, or raise rules.memory")
  }
}
