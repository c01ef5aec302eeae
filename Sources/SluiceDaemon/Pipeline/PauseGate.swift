import SluiceCore

/// Stops the work while the system is at fault (descriptors, memory, space, a failing disk) and lets
/// it try again by itself, ever more seldom, until something works.
package final class PauseGate: Sendable {
  /// Why work stands still, since when, and when it is tried again.
  package struct Pause: Sendable, Hashable {
    package var reason: String
    package var since: Timestamp
    package var retryAt: UInt64
  }

  private struct State {
    var pause: Pause?
    var wait: UInt64 = PauseGate.first
    var isStopping = false
  }

  private static let first: UInt64 = 250_000_000
  private static let longest: UInt64 = 30_000_000_000

  private let clock: Clock
  private let state = Monitor(State())

  package init(clock: Clock) { self.clock = clock }

  package var pause: Pause? { state.withLock(\.pause) }

  /// The system failed at something that any item would fail at.
  /// - Returns: true where the work was going on until now.
  @discardableResult
  package func fault(_ reason: String) -> Bool {
    let (now, time) = (clock.monotonic(), clock.now())
    return state.update { state in
      let isNew = state.pause == nil
      state.pause = Pause(
        reason: reason, since: state.pause?.since ?? time, retryAt: now + state.wait)
      state.wait = min(state.wait * 2, Self.longest)
      return isNew
    }
  }

  /// Something that needs the system worked.
  /// - Returns: the pause that ended, if there was one.
  @discardableResult
  package func worked() -> Pause? {
    // On the way of every item: a look without a wake-up where nothing is paused.
    guard state.withLock({ $0.pause != nil || $0.wait != Self.first }) else { return nil }
    return state.update { state in
      defer { state.pause = nil }
      state.wait = Self.first
      return state.pause
    }
  }

  /// Waits until work may be tried.
  /// - Returns: false once the daemon stops.
  package func pass() -> Bool {
    while true {
      let retry = state.withLock { $0.isStopping ? nil : $0.pause?.retryAt }
      guard let retry, retry > clock.monotonic() else { break }
      _ = state.wait(until: retry) { state -> Bool? in
        state.isStopping || state.pause == nil ? true : nil
      }
    }
    return !state.withLock(\.isStopping)
  }

  package func stop() { state.update { $0.isStopping = true } }
}
