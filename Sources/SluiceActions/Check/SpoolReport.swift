import SluiceCore
import SluiceLog

/// What checking a spool against its log came to.
package struct SpoolReport: Sendable {
  package var spool: String
  package var log: String
  /// The process that owned the spool during the check: nil if none did, 0 if its pid is not known.
  package var owner: Int32?
  /// Somebody worked on the spool or the log during the check.
  package var isLive: Bool
  package var verification: VerificationReport
  package var breaks: [SpoolBreak] = []
  /// What would be a break in a spool at rest, and may be a daemon's step in this one.
  package var inFlight: [SpoolBreak] = []
  /// Worth knowing, and no break; a sentence each.
  package var notes: [String] = []
  /// Records read; items they tell of; files in final places; files in `incoming/` and `work/`.
  package var records = 0
  package var items = 0
  package var files = 0
  package var underWay = 0
  /// Dropped files, where a list of them was given.
  package var dropped: Int?

  package var isGood: Bool { breaks.isEmpty }

  /// Whether the same break, of another check, is here too.
  package func holds(_ other: SpoolBreak) -> Bool {
    breaks.contains { $0.kind == other.kind && $0.path == other.path && $0.item == other.item }
  }

  init(spool: String, log: String, isLive: Bool, verification: VerificationReport) {
    self.spool = spool
    self.log = log
    self.isLive = isLive
    self.verification = verification
  }

  /// Sorts by place what was found, and tells apart what a daemon may be at.
  mutating func add(_ found: [SpoolBreak]) {
    let sorted = found.sorted { ($0.path ?? []).lexicographicallyPrecedes($1.path ?? []) }
    inFlight += sorted.filter { isLive && $0.isPassing }
    breaks += sorted.filter { !(isLive && $0.isPassing) }
  }
}
