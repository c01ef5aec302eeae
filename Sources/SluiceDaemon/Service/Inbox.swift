import SluiceCore

/// What the main thread waits for: orders by signal, and news of the log.
package final class Inbox: Sendable {
  private struct State {
    var orders: [SignalThread.Order] = []
    /// When the first record came that no checkpoint covers (monotonic); nil where there is none.
    var unsealed: UInt64?
  }

  private let state = Monitor(State())

  package init() {}

  package func add(_ order: SignalThread.Order) {
    state.update { state in
      if !state.orders.contains(order) { state.orders.append(order) }
    }
  }

  /// A record was written.
  package func recorded(at time: UInt64) {
    let isFirst = state.withLock { state in
      guard state.unsealed == nil else { return false }
      state.unsealed = time
      return true
    }
    // Only the first wakes the main thread: it then looks by itself until all is sealed.
    if isFirst { state.update { _ in } }
  }

  package func sealed() { state.withLock { $0.unsealed = nil } }

  package var unsealed: UInt64? { state.withLock(\.unsealed) }

  /// The orders so far, taken out; waits for one until the deadline, or until a record comes if
  /// none was unsealed.
  package func take(until deadline: UInt64) -> [SignalThread.Order] {
    let wasSealed = state.withLock { $0.unsealed == nil }
    _ = state.wait(until: deadline) { state -> Bool? in
      !state.orders.isEmpty || (wasSealed && state.unsealed != nil) ? true : nil
    }
    return state.withLock { state in
      defer { state.orders = [] }
      return state.orders
    }
  }
}
