import SluiceCore

/// Runs reloads on a thread of its own, one at a time. Requests that come while one runs are served
/// together by the next: however many signals come in a row, one or two reloads are done.
package final class Reloader: Sendable {
  private struct State {
    /// Requests so far, and how many of them had come before the run that ended last began.
    var asked = 0
    var served = 0
    var outcome: RuleStore.Outcome?
    var isStopping = false
  }

  private let state = Monitor(State())
  private let body: @Sendable () -> RuleStore.Outcome

  /// - Parameter body: one reload, notices and all.
  package init(_ body: @escaping @Sendable () -> RuleStore.Outcome) { self.body = body }

  /// Asks for a reload and does not wait.
  package func request() { state.update { $0.asked += 1 } }

  /// Asks for a reload and waits for it.
  /// - Returns: nil where the daemon stops first.
  package func requestAndWait() -> RuleStore.Outcome? {
    let ticket = state.update { state in
      state.asked += 1
      return state.asked
    }
    return state.wait { state -> RuleStore.Outcome?? in
      if state.served >= ticket { return .some(state.outcome) }
      return state.isStopping ? .some(nil) : nil
    } ?? nil
  }

  package func run() {
    while let asked = next() {
      let outcome = body()
      state.update { state in
        state.served = asked
        state.outcome = outcome
      }
    }
  }

  package func stop() { state.update { $0.isStopping = true } }

  private func next() -> Int? {
    state.wait { state -> Int?? in
      if state.isStopping { return .some(nil) }
      return state.asked > state.served ? .some(state.asked) : nil
    } ?? nil
  }
}
