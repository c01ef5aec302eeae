import Glibc
import SluiceCore
import Synchronization

/// Finds what was dropped and claims it. One thread calls `next`; everything else may be called from
/// any thread.
package final class Intake: Sendable {
  /// Claims of one call at most.
  package static let mostClaims = ClaimPath.batchSize

  private let spool: Spool
  private let watcher: Watcher
  private let loop: Monitor<IntakeLoop>
  private let isStopped = Atomic(false)
  private let wantsScan = Atomic(false)
  private let shared: Monitor<Shared>

  private struct Shared {
    var status = IntakeStatus()
    var fresh: [Unclaimable] = []
  }

  package init(spool: Spool) throws(SpoolError) {
    self.spool = spool
    watcher = try Watcher(calls: spool.calls)
    loop = Monitor(IntakeLoop(spool, watcher))
    shared = Monitor(Shared())
  }

  /// Claims what is ready, at most `limit` files (and 256); waits for the first one. Empty after the
  /// timeout, after `stop()`, and while claiming is paused for lack of room.
  /// - Throws: faults of the system; call again once they may be over. Nothing is lost by a throw.
  package func next(limit: Int = Intake.mostClaims, timeoutNanoseconds: UInt64)
    throws(SpoolError) -> [Claim]
  {
    let (end, overflow) = spool.clock.monotonic().addingReportingOverflow(timeoutNanoseconds)
    let deadline = overflow ? .max : end
    return try loop.withLock { (loop) throws(SpoolError) in
      while !isStopped.load(ordering: .acquiring) {
        if wantsScan.exchange(false, ordering: .acquiringAndReleasing) { loop.needsScan = true }
        defer { publish(loop) }
        let claims = try loop.round(limit: min(limit, Self.mostClaims)) {
          isStopped.load(ordering: .relaxed)
        }
        if !claims.isEmpty { return claims }
        let now = spool.clock.monotonic()
        if now >= deadline { return [] }
        let idle = loop.idleTime()
        if idle > 0 {
          publish(loop)
          try watcher.wait(nanoseconds: min(idle, deadline - now))
        }
      }
      return []
    }
  }

  /// Makes `next` return at once, now and from then on.
  package func stop() {
    isStopped.store(true, ordering: .releasing)
    watcher.interrupt()
  }

  /// Asks for a full scan soon.
  package func rescan() {
    wantsScan.store(true, ordering: .releasing)
    watcher.interrupt()
  }

  /// What was found unclaimable since the last call, each once: to be recorded.
  package func takeUnclaimable() -> [Unclaimable] {
    shared.withLock { shared in
      defer { shared.fresh = [] }
      return shared.fresh
    }
  }

  package var status: IntakeStatus { shared.withLock { $0.status } }

  private func publish(_ loop: IntakeLoop) {
    let fresh = loop.unclaimable.takeFresh()
    shared.withLock { shared in
      loop.fill(&shared.status)
      shared.fresh.append(contentsOf: fresh)
      shared.fresh.removeFirst(max(0, shared.fresh.count - UnclaimableFiles.most))
    }
  }
}
