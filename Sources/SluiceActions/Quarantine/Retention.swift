import SluiceCore

/// Deletes what has been kept for longer than the site wants (`retain`), now and then.
///
/// A clock that jumps ahead must not empty the quarantine: nothing is deleted unless two looks in a
/// row agree that the clock went on as the monotonic one did.
package final class Retention: Sendable {
  private struct Look {
    var wall: Timestamp
    var monotonic: UInt64
  }

  private let quarantine: Quarantine
  /// Seconds.
  private let retain: Int
  private let actor: Actor
  private let last = Monitor<Look?>(nil)
  /// Seconds that the clocks may differ by between two looks.
  private static let tolerance: Int64 = 600

  package init(quarantine: Quarantine, retainSeconds: Int, actor: Actor) {
    self.quarantine = quarantine
    self.retain = retainSeconds
    self.actor = actor
  }

  /// To be called about once an hour.
  /// - Returns: how many items were deleted; nil when the clock cannot be trusted yet.
  package func run(limit: Int = 256) throws(ActionError) -> Int? {
    let clock = quarantine.journal.clock
    let now = Look(wall: clock.now(), monotonic: clock.monotonic())
    let before = last.withLock { last in
      defer { last = now }
      return last
    }
    guard let before else { return nil }
    let wall = (now.wall.microseconds - before.wall.microseconds) / 1_000_000
    let steady = Int64((now.monotonic - before.monotonic) / 1_000_000_000)
    guard abs(wall - steady) <= Self.tolerance else { return nil }
    let limitTime = Timestamp(
      microseconds: now.wall.microseconds - Int64(retain) * 1_000_000)
    return try quarantine.expire(enteredBefore: limitTime, by: actor, limit: limit)
  }
}
