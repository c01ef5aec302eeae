/// What is known of a pattern from its tree. Every figure is a bound that no match exceeds.
package struct PatternAnalysis: Sendable, Hashable {
  /// Characters (Unicode scalars) of a match.
  package var least: Int
  package var most: Int
  /// Bytes of UTF-8 that a match can have at most.
  package var mostBytes: Int
  /// Characters that may be looked at before a match's start, and behind its end.
  package var reachBefore: Int
  package var reachAfter: Int
  /// Elements that it unrolls to.
  package var price: Int

  /// All that one match can look at, in characters.
  package var width: Int { reachBefore + most + reachAfter }
  /// Bytes before a start and behind an end.
  package var reachBytes: Int { max(reachBefore, reachAfter) * 4 }
}
