import SluiceCore

/// What lies in `work/`, one batch in memory at a time.
package struct UnfinishedClaims: ~Copyable {
  /// The next claim; nil after the last. Within a batch by position.
  package mutating func next() throws(SpoolError) -> Claim? { fatalError("unfinished") }
}
