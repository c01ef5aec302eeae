import SluiceCore

/// What `status` shows of the way in.
package struct IntakeStatus: Sendable, Hashable {
  package enum Watching: String, Sendable, Hashable {
    case events
    /// The limit of watches is reached: folders are scanned again and again instead.
    case rescans
  }

  /// Files in `incoming/` that wait to be claimed: an estimate while a scan goes on.
  package var queued: Int
  /// When the longest waiting of them was last changed, as far as seen.
  package var oldest: Timestamp?
  /// Files that were seen with a writer, or not yet still for `settle`.
  package var waitingForWriters: Int
  /// Why nothing is claimed at present; nil while claiming goes on.
  package var paused: String?
  package var watching: Watching
  /// At most 1,000 of them, by path.
  package var unclaimable: [Unclaimable]
  package var unclaimableCount: Int
  /// Since the start.
  package var claimed: Int

  package init(
    queued: Int = 0, oldest: Timestamp? = nil, waitingForWriters: Int = 0, paused: String? = nil,
    watching: Watching = .events, unclaimable: [Unclaimable] = [], unclaimableCount: Int = 0,
    claimed: Int = 0
  ) {
    self.queued = queued
    self.oldest = oldest
    self.waitingForWriters = waitingForWriters
    self.paused = paused
    self.watching = watching
    self.unclaimable = unclaimable
    self.unclaimableCount = unclaimableCount
    self.claimed = claimed
  }
}
