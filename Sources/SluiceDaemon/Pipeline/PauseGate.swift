import SluiceCore

/// Stops the work while the system is at fault (descriptors, memory, space, a failing disk) and lets
/// it try again by itself, ever more seldom, until something works.
package final class PauseGate: Sendable {
  /// Who found the system at fault; each ends its own pause.
  package enum Part: String, Sendable, Hashable, CaseIterable { case intake, examine, commit }

  /// Why work stands still, and since when.
  package struct Pause: Sendable, Hashable {
    package var part: Part
    package var reason: String
    package var since: Timestamp
    /// When it is tried again (monotonic); nil where the part itself goes on trying.
    package var retryAt: UInt64?
  }

  private struct State {
    var pauses: [Part: Pause] = [:]
    var waits: [Part: UInt64] = [:]
    var isStopping = false
  }

  private static let first: UInt64 = 250_000_000
  private static let longest: UInt64 = 30_000_000_000

  private let clock: Clock
  private let state = Monitor(State())

  package init(clock: Clock) { self.clock = clock }

  /// The pause that has lasted longest.
  package var pause: Pause? {
    state.withLock { $0.pauses.values.min { $0.since < $1.since } }
  }

  /// The system failed at something that any item would fail at.
  /// - Returns: true where this part was going on until now.
  package func fault(_ part: Part, _ reason: String) -> Bool {
    let (now, time) = (clock.monotonic(), clock.now())
    return state.update { state in
      let old = state.pauses[part]
      let wait = state.waits[part] ?? Self.first
      state.waits[part] = min(wait * 2, Self.longest)
      state.pauses[part] = Pause(
        part: part, reason: reason, since: old?.since ?? time,
        retryAt: part == .commit ? nil : now + wait)
      return old == nil
    }
  }

  /// The part has given its work back and so goes on trying nothing by itself: whoever brings it work
  /// may try when the wait is over.
  package func gaveBack(_ part: Part) {
    let now = clock.monotonic()
    state.update { state in
      let wait = state.waits[part] ?? Self.first
      state.pauses[part]?.retryAt = now + wait
    }
  }

  /// Something that needs the system worked.
  /// - Returns: the part's pause that ended, if there was one.
  package func worked(_ part: Part) -> Pause? {
    // On the way of every item: a look without a wake-up where nothing is paused.
    guard state.withLock({ $0.waits[part] != nil }) else { return nil }
    return state.update { state in
      state.waits[part] = nil
      return state.pauses.removeValue(forKey: part)
    }
  }

  /// Waits until a worker may try.
  /// - Returns: false once the daemon stops.
  package func pass() -> Bool {
    while true {
      let (mustWait, until) = state.withLock { state -> (Bool, UInt64?) in
        guard !state.isStopping, !state.pauses.isEmpty else { return (false, nil) }
        if state.pauses.values.contains(where: { $0.retryAt == nil }) { return (true, nil) }
        let last = state.pauses.values.compactMap(\.retryAt).max() ?? 0
        return (last > self.clock.monotonic(), last)
      }
      guard mustWait else { return !state.withLock(\.isStopping) }
      _ = state.wait(until: until) { state -> Bool? in
        let mayTry = !state.pauses.values.contains { $0.retryAt == nil }
        return state.isStopping || state.pauses.isEmpty || (until == nil && mayTry) ? true : nil
      }
    }
  }

  package func stop() { state.update { $0.isStopping = true } }
}
