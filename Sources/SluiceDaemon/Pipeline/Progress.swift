import SluiceCore
import Synchronization

/// Whether the workers get on: an idle one does, a busy one reports between pieces of its item.
package final class Progress: Sendable {
  /// Nanoseconds of the last report of a busy worker; 0 for an idle one.
  private let beats: [Beat]
  private let clock: Clock

  private final class Beat: Sendable {
    let time = Atomic<UInt64>(0)
  }

  package init(workers: Int, clock: Clock) {
    beats = (0..<workers).map { _ in Beat() }
    self.clock = clock
  }

  package func beat(_ worker: Int) {
    beats[worker].time.store(clock.monotonic(), ordering: .relaxed)
  }

  package func idle(_ worker: Int) { beats[worker].time.store(0, ordering: .relaxed) }

  /// Whether no busy worker has been silent for longer than `span`.
  package func isAlive(within span: Nanoseconds) -> Bool {
    let now = clock.monotonic()
    return beats.allSatisfy { beat in
      let time = beat.time.load(ordering: .relaxed)
      return time == 0 || now <= time || now - time <= span.count
    }
  }

  /// How many are busy.
  package var busy: Int { beats.count { $0.time.load(ordering: .relaxed) != 0 } }
}
