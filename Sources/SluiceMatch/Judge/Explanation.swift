import SluiceCore

/// Why an item was judged as it was, beyond what its `Decision` records.
package struct Explanation: Sendable {
  /// The highest window of each harm that scored, by harm.
  package var windows: [Window] = []
  package var lowerings: [Lowering] = []
  /// Findings that an override, an allowance or a policy kept from counting.
  package var ignored: [Ignored] = []
  /// Rules of which some patterns matched but whose condition did not hold.
  package var nearMisses: [NearMiss] = []

  package init() {}

  /// The stretch of text in which a harm scored highest, and the sum.
  package struct Window: Sendable, Hashable {
    package var harm: String
    /// The points that count, at most 100.
    package var score: Int
    /// The sum before the bound.
    package var sum: Int
    /// The thresholds of the policy, and the highest verdict that this harm can reach.
    package var annotate: Int
    package var quarantine: Int
    package var cap: Verdict?
    /// Nil where no finding of the harm has a place.
    package var segment: String?
    /// First and last line (from 1) of the places that count; nil without a place.
    package var lines: ClosedRange<Int>?
    package var parts: [Part]
  }

  /// One summand of a window.
  package struct Part: Sendable, Hashable {
    package var rule: String
    package var points: Int
    /// False where a higher rule of the same group stands for it.
    package var counts: Bool
    package var group: String?
    /// The finding has no place, or its places lie in other segments: it counts in every window.
    package var everywhere: Bool
  }

  /// An exception near a finding: it lowered it, or why it did not.
  package struct Lowering: Sendable, Hashable {
    package var rule: String
    package var exceptions: [String]
    package var from: Severity
    package var to: Severity
    /// Nil where the finding was lowered.
    package var refusal: Refusal?

    package enum Refusal: String, Sendable, Hashable {
      /// The finding stands on a checked value.
      case validated
      /// The finding stands on a digest.
      case digest
      /// A payment or contact address stands in the same sentence.
      case address
      /// The finding also stands where the exception does not.
      case elsewhere
      /// The finding is of the lowest severity.
      case lowest
    }
  }

  package struct Ignored: Sendable, Hashable {
    package var rule: String
    /// One sentence for a person, with the reason given by whoever decided it.
    package var reason: String
  }

  package struct NearMiss: Sendable, Hashable {
    package var rule: String
    /// The segment that came nearest, where there is one.
    package var segment: String?
    /// Names of patterns that matched.
    package var matched: [String]
    /// The parts of the condition that failed, as written, each with what was seen instead.
    package var failed: [String]
  }
}
