import Glibc
import SluiceCore

/// What one thread does to find and claim files. Everything it remembers is bounded: events that do
/// not fit are forgotten, and a scan stands in for them.
final class IntakeLoop {
  static let second: UInt64 = 1_000_000_000

  let spool: Spool
  let inspector: Inspector
  let settle: UInt64
  var claimer: BatchClaimer
  var watched: WatchedFolders
  var waiting = WaitingFiles()
  var unclaimable = UnclaimableFiles()
  var events = CandidateQueue(most: 4096)
  /// Folders that appeared, each to be walked through.
  var folders: [FilePath] = []
  var needsScan = true

  private let watcher: Watcher
  private var walk: FolderWalk?
  /// Monotonic: when the next scan is due by itself, and the earliest one that is asked for.
  private var scanDue: UInt64 = 0
  private var scanNotBefore: UInt64 = 0
  private var turn = 0
  private var claimed = 0
  private(set) var paused: String?
  /// Files that the running scan has had to leave, and when the file looked at last was changed.
  var leftBehind = 0
  var lastChanged: Timestamp?

  init(_ spool: Spool, _ watcher: Watcher) {
    self.spool = spool
    self.watcher = watcher
    settle = spool.options.settle.nanoseconds
    inspector = Inspector(calls: spool.calls, clock: spool.clock, settle: settle)
    claimer = BatchClaimer(spool)
    watched = WatchedFolders(watcher: watcher)
  }

  /// One round: claims what is ready now, without waiting.
  func round(limit: Int, isStopped: () -> Bool) throws(SpoolError) -> [Claim] {
    var claims: [Claim] = []
    do {
      try watcher.drain(note)
      paused = try spool.lackOfRoom()
      guard paused == nil else { return [] }
      var looks = 0
      while claims.count < limit, looks < 4096, !isStopped(), try step(&claims) { looks += 1 }
    } catch {
      // A scan finds the candidate in hand again; what was claimed already is handed on first.
      needsScan = true
      walk = nil
      scanNotBefore = spool.clock.monotonic() + Self.second
      if claims.isEmpty { throw error }
    }
    claimed += claims.count
    return claims
  }

  /// Nanoseconds for which nothing is to be done unless an event comes; 0 while there is work.
  func idleTime() -> UInt64 {
    if paused != nil { return Self.second }
    if walk != nil || !events.isEmpty || !folders.isEmpty { return 0 }
    var next = needsScan ? min(scanDue, scanNotBefore) : scanDue
    if let look = waiting.next { next = min(next, look) }
    let now = spool.clock.monotonic()
    return next <= now ? 0 : next - now
  }

  func fill(_ status: inout IntakeStatus) {
    status.queued = events.count + waiting.count + (walk?.remaining ?? 0)
    let known = [events.first?.time, waiting.oldest, walk == nil ? nil : lastChanged]
    status.oldest = known.compactMap(\.self).min()
    status.waitingForWriters = waiting.count
    status.paused = paused
    status.watching = watched.isIncomplete ? .rescans : .events
    status.claimed = claimed
    status.unclaimableCount = unclaimable.count
    if unclaimable.takeChanged() { status.unclaimable = unclaimable.list }
  }

  /// Looks at one candidate.
  /// - Returns: false if there is none.
  private func step(_ claims: inout [Claim]) throws(SpoolError) -> Bool {
    let now = spool.clock.monotonic()
    for candidate in waiting.due(now: now) where !events.append(candidate) { needsScan = true }
    turn &+= 1
    // In turns, so that neither a flood of events nor a long scan starves the other.
    if turn % 2 == 0 || walk == nil, let candidate = events.popFirst() {
      try take(candidate, &claims)
      return true
    }
    if walk == nil { try beginWalk(now) }
    guard let walk else { return false }
    switch try walk.next(&watched) {
    case .end:
      self.walk = nil
      if walk.isFull { endScan() }
    case .unclaimable(let path, let reason, let detail): report(path, reason, detail)
    case .entry(let folder, let name, let path):
      let candidate = Candidate(path: path, notice: .scan, time: spool.clock.now())
      if try take(candidate, folder, name, &claims),
        case .unclaimable(let path, let reason, let detail)? = try walk.enter(path, &watched)
      {
        report(path, reason, detail)
      }
    }
    return true
  }

  private func beginWalk(_ now: UInt64) throws(SpoolError) {
    if now >= scanDue || (needsScan && now >= scanNotBefore) {
      walk = try FolderWalk(spool, from: [])
      needsScan = false
      folders = []
      leftBehind = 0
      watched.beginScan()
      unclaimable.beginScan()
    } else if !folders.isEmpty {
      walk = try FolderWalk(spool, from: folders.removeFirst())
    }
  }

  private func endScan() {
    unclaimable.endScan()
    waiting.sweep()
    let now = spool.clock.monotonic()
    // The more files a scan has to leave, the longer until the next: some percent of one core.
    let cost = min(UInt64(leftBehind) * 500_000, 300 * Self.second)
    let beat = watched.isIncomplete ? Self.second : spool.options.heartbeat.nanoseconds
    scanDue = now + max(beat, cost, Self.second)
    scanNotBefore = now + Self.second
  }
}
