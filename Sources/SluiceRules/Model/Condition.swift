import SluiceCore

/// What must hold over a rule's patterns. Pattern operands are indices into `Rule.patterns`.
package indirect enum Condition: Sendable, Hashable {
  case pattern(Int)
  case and([Condition])
  case or([Condition])
  case not(Condition)
  /// At least `count` of the patterns.
  case atLeast(count: Int, of: [Int])
  /// `count(a) >= n`: matches taken greedily from the left without overlap.
  case count(Int, Comparison, Int)
  /// At most `distance` characters of `text` between the end of the earlier match and the start of
  /// the later one, within one segment; overlap is distance 0.
  case near(Int, Int, distance: Int)
  /// As `near`, and the first ends at or before the start of the second.
  case before(Int, Int, distance: Int)
  /// A match within a segment of that part.
  case within(Int, SegmentInfo.Part)
  /// A signal of the engine itself, by name.
  case signal(String)

  package enum Comparison: String, Sendable, Hashable, CaseIterable {
    case less = "<"
    case atMost = "<="
    case equal = "=="
    case notEqual = "!="
    case atLeast = ">="
    case more = ">"
  }
}
