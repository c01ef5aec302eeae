import SluiceCore

/// Up to which record everything that was recorded has also been done.
///
/// An older mark than the true one costs reading at the next start, nothing else; so it is saved now
/// and then, and only moves while nothing recorded is still to be done.
package final class SettledMark: Sendable {
  private struct State {
    /// The last record known to be written.
    var last: Int
    var saved: Int
    /// Tokens of what was or will be recorded and is not done, each with a bound below its records.
    var open: [Int: Int] = [:]
    var nextToken = 0
    /// Something could not be made durable in this process: the next start has to look again.
    var frozen = false
  }

  private let folder: StateFolder
  private let monitor: Monitor<State>
  private static let name = "settled"

  init(folder: StateFolder) throws(ActionError) {
    self.folder = folder
    let saved = try folder.read(Self.name)?["seq"]?.integer ?? -1
    monitor = Monitor(State(last: saved, saved: saved))
  }

  /// The records after this one may have acts that are not done; those files the log has to keep.
  package var seq: Int {
    monitor.withLock { state in
      state.frozen ? state.saved : state.open.values.min().map { $0 - 1 } ?? state.last
    }
  }

  /// What was saved by this or an earlier run.
  var saved: Int { monitor.withLock { $0.saved } }

  /// Before records are appended whose acts come later.
  func open() -> Int {
    monitor.withLock { state in
      state.nextToken += 1
      state.open[state.nextToken] = state.last + 1
      return state.nextToken
    }
  }

  /// The records up to `seq` are written.
  func reached(_ seq: Int) {
    monitor.withLock { $0.last = max($0.last, seq) }
  }

  /// All acts of the token's records are done and durable.
  func close(_ token: Int) {
    monitor.withLock { $0.open[token] = nil }
  }

  func freeze() { monitor.withLock { $0.frozen = true } }

  /// Saves the mark if it moved by at least `step` records.
  func save(step: Int) throws(ActionError) {
    let now = seq
    guard now >= saved + step, now > saved else { return }
    try folder.write(Self.name, .object([.init("seq", .int(now))]))
    monitor.withLock { $0.saved = max($0.saved, now) }
  }
}
