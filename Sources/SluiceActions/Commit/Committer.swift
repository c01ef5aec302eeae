import Glibc
import SluiceCore
import SluiceLog
import SluiceSpool

/// Takes verdicts from the workers and makes them true, a group at a time, on a thread of its own:
/// item bytes durable, records durable, sidecars, renames, folders.
///
/// A fault of the system (space, a disk, the log) pauses the work with its reason and the step is
/// tried again; nothing is acted on meanwhile.
package final class Committer: Sendable {
  package struct Hooks: Sendable {
    /// Items that are where they belong.
    package var committed: @Sendable ([Committed]) -> Void
    /// The work pauses; nil when it goes on.
    package var fault: @Sendable (ActionError?) -> Void
    /// These were not judged as they now lie in `work/`, or could not be made durable: open and
    /// judge them again.
    package var returned: @Sendable ([Claim]) -> Void
    /// The item can be moved nowhere; it stays in `work/` until the next start.
    package var stuck: @Sendable (Claim, ActionError) -> Void
    /// Whether other items are on their way here, so that a short wait may gather them.
    package var expectsMore: @Sendable () -> Bool

    package init(
      committed: @escaping @Sendable ([Committed]) -> Void = { _ in },
      fault: @escaping @Sendable (ActionError?) -> Void = { _ in },
      returned: @escaping @Sendable ([Claim]) -> Void = { _ in },
      stuck: @escaping @Sendable (Claim, ActionError) -> Void = { _, _ in },
      expectsMore: @escaping @Sendable () -> Bool = { true }
    ) {
      self.committed = committed
      self.fault = fault
      self.returned = returned
      self.stuck = stuck
      self.expectsMore = expectsMore
    }
  }

  /// Items in one commit at most.
  static let groupLimit = 256
  /// Nanoseconds after the first within which others still join.
  static let groupWindow: UInt64 = 2_000_000
  /// Verdicts that wait at most; beyond, workers wait.
  package static let queueLimit = 1024
  /// Records between two savings of the settled mark.
  static let markStep = 4096

  struct State {
    var queue: [Decided] = []
    /// Monotonic time at which the first of the queue came.
    var first: UInt64 = 0
    var busy = false
    var stopping = false
    var paused = false
    /// How often an item was given back to be judged again.
    var returns: [ItemID: Int] = [:]
  }

  let journal: Journal
  let hooks: Hooks
  let state = Monitor(State())

  package init(journal: Journal, hooks: Hooks = Hooks()) {
    self.journal = journal
    self.hooks = hooks
  }

  /// Hands over a verdict. Waits while the committer is far behind, which is how its pause reaches
  /// the workers. After `stop` the item is left in `work/`, undecided.
  package func submit(_ decided: Decided) {
    let now = journal.clock.monotonic()
    _ = state.wait { state in
      state.stopping || state.queue.count < Self.queueLimit ? true : nil
    }
    let isTurn = state.withLock { state in
      guard !state.stopping else { return false }
      if state.queue.isEmpty { state.first = now }
      state.queue.append(decided)
      return state.queue.count == 1 || state.queue.count == Self.groupLimit
    }
    // Between the first of a group and the one that fills it the committer has nothing to look at.
    if isTurn { state.update { _ in } }
  }

  /// Commits until `stop`. To be called on a thread of its own.
  package func run() {
    while let group = nextGroup() {
      do {
        try commit(group)
      } catch {
        // Told to stop in the middle: what is recorded is finished at the next start, what is not
        // is judged again then.
        hooks.fault(error)
      }
      state.update { $0.busy = false }
    }
  }

  /// No verdict waits and none is being carried out.
  package var isIdle: Bool { state.withLock { $0.queue.isEmpty && !$0.busy } }

  /// Waits until all that was submitted is done, or `stop` was called.
  package func drain() {
    _ = state.wait { state in
      (state.queue.isEmpty && !state.busy) || state.stopping ? true : nil
    }
  }

  /// Finishes what is queued and ends `run`; a paused commit is given up.
  package func stop() {
    state.update { $0.stopping = true }
  }

  private func nextGroup() -> [Decided]? {
    let ready: Bool? = state.wait { state in
      state.queue.isEmpty ? (state.stopping ? false : nil) : true
    }
    guard ready == true else { return nil }
    let (deadline, isFull) = state.withLock {
      ($0.first + Self.groupWindow, $0.queue.count >= Self.groupLimit)
    }
    if !isFull, hooks.expectsMore() {
      _ = state.wait(until: deadline) { state in
        state.queue.count >= Self.groupLimit || state.stopping ? true : nil
      }
    }
    return state.update { state in
      let group = Array(state.queue.prefix(Self.groupLimit))
      state.queue.removeFirst(group.count)
      state.first = self.journal.clock.monotonic()
      state.busy = true
      return group
    }
  }
}
