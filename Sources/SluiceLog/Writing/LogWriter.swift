import Glibc
import SluiceCore

/// Writes the log; one a process and one a directory. Any thread may call; one lock orders them.
package final class LogWriter: Sendable {
  private let state: Monitor<LogState>

  private init(_ state: sending LogState) { self.state = Monitor(state) }

  deinit { state.withLock { $0.giveUp() } }

  /// Opens the log or begins one, after cutting off what a crash left behind the last good line.
  /// - Throws: `.broken` where that would cut off what a checkpoint seals; `.locked`, `.key`,
  ///   `.format`; `.full` or `.system` where the files cannot be read or written.
  package static func open(_ options: LogOptions, clock: Clock) throws(LogError) -> (
    LogWriter, LogRecovery
  ) {
    let (state, recovery) = try LogState.open(options, clock: clock)
    return (LogWriter(state), recovery)
  }

  /// Gives the records their numbers, time and place in the chain. Nothing is written before
  /// `commit`. All of them or, on an error, none.
  @discardableResult
  package func append(_ records: [LogRecord]) throws(LogError) -> ClosedRange<Int> {
    try state.withLock { state throws(LogError) in try state.append(records) }
  }

  /// Makes all lines so far durable. On an error they stay in hand and a later `commit` writes them
  /// anew, after a failed sync into the next file; nothing that depends on them may be done before.
  package func commit() throws(LogError) {
    try state.withLock { state throws(LogError) in try state.commit() }
  }

  /// Signs the lines that are durable and adds the checkpoint to `checkpoints`.
  /// - Returns: the newest checkpoint, also where nothing came since; nil for an empty log.
  @discardableResult
  package func checkpoint() throws(LogError) -> Checkpoint? {
    try state.withLock { state throws(LogError) in try state.checkpoint() }
  }

  /// Commits, seals, and starts the next file.
  package func rotate() throws(LogError) {
    try state.withLock { state throws(LogError) in try state.rotate() }
  }

  /// Commits, seals, and gives the log up. Calling it again does nothing.
  package func close() throws(LogError) {
    try state.withLock { state throws(LogError) in try state.close() }
  }

  /// Removes whole rotated files, the oldest first, with a record of it before.
  /// - Parameters:
  ///   - before: only files whose last record is older.
  ///   - neededFrom: only files whose lines are all below this number.
  /// - Returns: the names of the files removed.
  @discardableResult
  package func removeRotated(before: Timestamp, neededFrom: Int) throws(LogError) -> [String] {
    try state.withLock { state throws(LogError) in
      try state.removeRotated(before: before, neededFrom: neededFrom)
    }
  }

  /// Removes the plain values of sealed names, by whole side files whose last entry is older.
  @discardableResult
  package func removeSealedNames(before: Timestamp) throws(LogError) -> [String] {
    try state.withLock { state throws(LogError) in try state.removeSealedNames(before: before) }
  }

  /// The last number that is durable; 0 in an empty log.
  package var durableSeq: Int { state.withLock { $0.durable.tree.size } }

  /// The last number given out, durable or not.
  package var lastSeq: Int { state.withLock { $0.nextSeq - 1 } }

  /// Why the next file could not be started, as long as that is so. The log goes on in the old one.
  package var rotationFailure: LogError? { state.withLock { $0.rotationFailure } }

  /// Whether some process has the log in this directory open for writing.
  package static func isOpen(_ directory: String) -> Bool { DirectoryLock.isHeld(directory) }
}
