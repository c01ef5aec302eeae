import SluiceCore

/// A rule whose condition held on an item, before it is known what it counts for.
struct RuleHit {
  /// The matches that a condition stands on in one segment that fulfils it alone.
  struct Support {
    var document: Int
    var segment: Int
    /// Pattern of the rule, and record; sorted by record.
    var records: [(pattern: Int, record: Int)]
  }

  let rule: Int
  /// Where the rule holds within a segment.
  var supports: [Support] = []
  /// It holds without a place, or only across segments.
  var everywhere = false
  /// Patterns without a place that it stands on: digests.
  var placeless: [Int] = []
  var severity: Severity
  var score: Int
  var shadow: Bool
  var loweredBy: [String] = []
  /// Exceptions that stood near and did not lower it, and why.
  var refused: (exceptions: [String], refusal: Explanation.Lowering.Refusal)?
  /// Why it does not count; nil where it does.
  var ignored: String?
}
