import Glibc
import SluiceCore
import Synchronization

/// Finds what was dropped and claims it. One thread calls `next`; everything else may be called from
/// any thread.
package final class Intake: Sendable {
  package init(spool: Spool) throws(SpoolError) { fatalError("unfinished") }

  /// Claims what is ready, at most `limit` (and at most 256) files of one batch; waits for the first
  /// one. Empty after the timeout, after `stop()`, or while claiming is paused.
  /// - Throws: faults of the system; call again once they are over. Nothing is lost by a throw.
  package func next(limit: Int = 256, timeoutNanoseconds: UInt64) throws(SpoolError) -> [Claim] {
    fatalError("unfinished")
  }

  /// Makes `next` return at once, now and from then on.
  package func stop() { fatalError("unfinished") }

  /// Asks for a full scan soon.
  package func rescan() { fatalError("unfinished") }

  /// What was found unclaimable since the last call, each once: to be recorded.
  package func takeUnclaimable() -> [Unclaimable] { fatalError("unfinished") }

  package var status: IntakeStatus { fatalError("unfinished") }
}
