import SluiceCore

/// Claimed items on their way from intake to the workers. Bounded: intake waits while it is full.
package final class ItemQueue: Sendable {
  package enum Work: Sendable, Hashable {
    case claim(Claim)
    /// Another generation is live: let go of the old one, then ask again.
    case refresh
    case stop
  }

  private struct State {
    var ready: [Claim] = []
    /// Index of the first of `ready`; those before it were taken.
    var head = 0
    /// Items whose writer has not closed yet, by the time to look again (monotonic).
    var later: [(at: UInt64, claim: Claim)] = []
    var examining = 0
    var generation = 0
    var isStopping = false

    var count: Int { ready.count - head }
  }

  private let capacity: Int
  private let clock: Clock
  private let state = Monitor(State())

  package init(capacity: Int, clock: Clock) {
    self.capacity = capacity
    self.clock = clock
  }

  /// Items that wait for a worker, wait for their writer, and are being examined.
  package var counts: (ready: Int, later: Int, examining: Int) {
    state.withLock { ($0.count, $0.later.count, $0.examining) }
  }

  /// Whether anything is ready or being examined.
  package var isBusy: Bool { state.withLock { $0.count > 0 || $0.examining > 0 } }

  /// So much room has to be there before intake goes on, so that it does not work item by item.
  private var step: Int { max(1, min(256, capacity / 2)) }

  /// Waits until there is room for some more items.
  /// - Returns: how much room there is; nil once the queue stops.
  package func room() -> Int? {
    let room = state.wait { state -> Int? in
      if state.isStopping { return 0 }
      return state.count + self.step <= self.capacity ? self.capacity - state.count : nil
    }
    return room == 0 ? nil : room
  }

  package var isStopping: Bool { state.withLock(\.isStopping) }

  package func add(_ claims: [Claim]) {
    guard !claims.isEmpty else { return }
    state.update { $0.ready.append(contentsOf: claims) }
  }

  /// Puts an item aside until its writer may have closed.
  package func add(_ claim: Claim, at time: UInt64) {
    state.update { $0.later.append((time, claim)) }
  }

  /// Waits for the next item; the caller must call `finished` for it.
  /// - Parameter generation: the one that the caller judges with.
  package func take(generation: Int) -> Work {
    while true {
      let next = state.withLock { $0.later.map(\.at).min() }
      // Each take leaves one item fewer, so one of them reaches the step of room that intake waits
      // for; which one is known with the lock held only.
      var makesRoom = false
      let work = state.wait(until: next) { state -> Work?? in
        if state.isStopping { return .stop }
        if state.generation != generation { return .refresh }
        self.wake(&state)
        guard state.count > 0 else {
          // Another deadline than the one waited for: ask again with that.
          return state.later.map(\.at).min() == next ? .none : .some(nil)
        }
        let claim = state.ready[state.head]
        state.head += 1
        if state.head == state.ready.count || state.head >= 1024 {
          state.ready.removeFirst(state.head)
          state.head = 0
        }
        state.examining += 1
        makesRoom = state.count + self.step == self.capacity
        return .claim(claim)
      }
      if let work = work ?? nil {
        if makesRoom { state.update { _ in } }
        return work
      }
    }
  }

  package func finished() { state.withLock { $0.examining -= 1 } }

  package func changed(to generation: Int) { state.update { $0.generation = generation } }

  /// From now on everyone who asks is told to stop; what was claimed stays in `work/`.
  package func stop() { state.update { $0.isStopping = true } }

  private func wake(_ state: inout State) {
    guard !state.later.isEmpty else { return }
    let now = clock.monotonic()
    let due = state.later.filter { $0.at <= now }
    guard !due.isEmpty else { return }
    state.later.removeAll { $0.at <= now }
    state.ready.append(contentsOf: due.map(\.claim))
  }
}
