/// How much matching work one view of one segment may cost, in units of bytes × width: what PCRE2
/// looks at in the worst case. It grows with the length, and never depends on the time.
package struct WorkBudget: Sendable, Hashable {
  package var base: Int
  package var perByte: Int

  package init(base: Int = 400_000_000, perByte: Int = 8_000) {
    self.base = base
    self.perByte = perByte
  }
}

/// What was done, in units that do not depend on load.
package struct WorkCounters: Sendable, Hashable {
  package var bytesScanned = 0
  /// Stretches that the prefilter let through.
  package var candidates = 0
  /// Calls of PCRE2.
  package var confirmations = 0
  package var matches = 0
  /// Of the budget.
  package var units = 0

  package init() {}

  package var named: [(String, Int)] {
    [
      ("bytes", bytesScanned), ("candidates", candidates), ("confirmations", confirmations),
      ("matches", matches), ("units", units),
    ]
  }
}

/// Why a segment was not matched to its end; the item is held for it.
package enum ExhaustedCause: Sendable, Hashable, CustomStringConvertible {
  /// The budget is used up.
  case budget(pattern: Int)
  /// PCRE2 ended with an error (below -1): its match limit, its stack, its memory.
  case engine(pattern: Int, code: Int32)
  /// The prefilter ended with an error.
  case prefilter(code: Int32)

  package var description: String {
    switch self {
    case .budget: "the work budget of the segment is used up"
    case .engine(_, let code): "PCRE2 gave up on a pattern (error \(code))"
    case .prefilter(let code): "the prefilter failed (error \(code))"
    }
  }
}
