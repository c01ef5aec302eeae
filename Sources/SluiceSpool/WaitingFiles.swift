import SluiceCore

/// Files that were seen with a writer or not yet still, to be looked at again: a bounded memory on
/// top of the scans, so that most need not wait for the next one.
struct WaitingFiles {
  struct Entry {
    var candidate: Candidate
    var status: FileStatus
    /// Monotonic: of the last change seen, and of the next look.
    var stillSince: UInt64
    var next: UInt64
    /// Looks so far without a change.
    var looks: Int
  }

  static let most = 1024
  private static let shortest: UInt64 = 500_000_000
  private static let longest: UInt64 = 16_000_000_000

  private(set) var entries: [FilePath: Entry] = [:]
  /// The earliest next look, at the latest; may be too early.
  private(set) var next: UInt64?

  var count: Int { entries.count }

  /// When the longest unchanged of them was changed.
  var oldest: Timestamp? {
    entries.values.map(\.status.changed).min().map { Timestamp(microseconds: $0 / 1000) }
  }

  /// Notes a file that cannot be claimed yet.
  /// - Parameter settling: nanoseconds that it must still be left alone; nil while it has a writer.
  /// - Returns: whether it has been still for `settle` by this memory.
  mutating func note(
    _ candidate: Candidate, _ status: FileStatus, settling: UInt64?, settle: UInt64, now: UInt64
  ) -> Bool {
    let known = entries[candidate.path]
    guard known != nil || entries.count < Self.most else { return false }
    var entry =
      known
      ?? Entry(candidate: candidate, status: status, stillSince: now, next: now, looks: 0)
    if !status.isStill(since: entry.status) {
      (entry.status, entry.stillSince, entry.looks) = (status, now, 0)
    }
    if settling != nil && now - entry.stillSince >= settle {
      entries[candidate.path] = nil
      return true
    }
    entry.looks += 1
    let backoff = min(Self.longest, Self.shortest << UInt64(min(entry.looks - 1, 10)))
    entry.next = now + (settling.map { min($0, settle - (now - entry.stillSince)) } ?? backoff)
    entries[candidate.path] = entry
    next = min(next ?? entry.next, entry.next)
    return false
  }

  mutating func forget(_ path: FilePath) {
    guard !entries.isEmpty else { return }
    entries[path] = nil
  }

  /// Those whose time has come.
  mutating func due(now: UInt64) -> [Candidate] {
    guard let soonest = next, soonest <= now else { return [] }
    let due = entries.values.filter { $0.next <= now }.map(\.candidate)
    // They come back by `note`; what does not is claimed, gone, or of no more interest.
    for candidate in due { entries[candidate.path]?.next = .max }
    next = entries.values.map(\.next).filter { $0 != .max }.min()
    return due
  }

  /// Forgets what was due and did not come back.
  mutating func sweep() { entries = entries.filter { $0.value.next != .max } }
}
