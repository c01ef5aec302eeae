import SluiceCore

/// What was found and done when the log was opened.
package struct LogRecovery: Sendable, Hashable {
  /// The log did not exist before.
  package var isNew: Bool
  /// Lines that were kept.
  package var lines: Int
  /// Bytes that were cut off since they do not continue the chain; 0 after a clean stop.
  package var cutBytes: Int
  /// The file that keeps what was cut off.
  package var keptIn: String?
  /// The last record before this start is `stopped`.
  package var wasStoppedCleanly: Bool
}

package final class LogWriter: Sendable {
  package static func open(_ options: LogOptions, clock: Clock) throws(LogError) -> (
    LogWriter, LogRecovery
  ) { fatalError("unfinished") }
  /// Gives the records their numbers; nothing is written before `commit`.
  @discardableResult
  package func append(_ records: [LogRecord]) throws(LogError) -> ClosedRange<Int> {
    fatalError("unfinished")
  }
  package func commit() throws(LogError) { fatalError("unfinished") }
  @discardableResult
  package func checkpoint() throws(LogError) -> Checkpoint? { fatalError("unfinished") }
  package func rotate() throws(LogError) { fatalError("unfinished") }
  package func close() throws(LogError) { fatalError("unfinished") }
  /// The last sequence number that is durable.
  package var durableSeq: Int { fatalError("unfinished") }
  /// Removes whole rotated files whose last record is older than `before` and whose lines are all
  /// below `neededFrom`.
  @discardableResult
  package func removeRotated(before: Timestamp, neededFrom: Int) throws(LogError) -> [String] {
    fatalError("unfinished")
  }
}

/// Reads records in order over all files; one thread at a time.
package final class LogReader {
  package init(_ directory: String, from seq: Int = 1) throws(LogError) { fatalError("unfinished") }
  /// The next whole record; nil at the end of what is written so far. Can be called again later.
  package func next() throws(LogError) -> LogEntry? { fatalError("unfinished") }
  /// The last `count` entries that `isWanted`, oldest first, read from the end.
  package static func tail(
    _ directory: String, count: Int, where isWanted: (LogEntry) -> Bool = { _ in true }
  ) throws(LogError) -> [LogEntry] { fatalError("unfinished") }
}

package enum LogVerifier {
  package struct Options: Sendable {
    /// The key that must have signed; nil takes it from `keyDirectory`/log.pub or log.pub beside.
    package var key: LogVerifierKey?
    /// A file with a checkpoint that was kept elsewhere.
    package var checkpointFile: String?
    package init(key: LogVerifierKey? = nil, checkpointFile: String? = nil) {}
  }
  package static func verify(_ directory: String, options: Options = Options()) throws(LogError)
    -> VerificationReport
  { fatalError("unfinished") }
}
package struct VerificationReport: Sendable, Hashable {
  package var isGood: Bool
}
