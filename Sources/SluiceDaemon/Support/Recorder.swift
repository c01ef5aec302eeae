import SluiceCore
import SluiceLog

/// Writes the daemon's own records (not those of items, which the committer writes) and tells of new
/// ones.
package final class Recorder: Sendable {
  package let log: LogWriter
  private let written: @Sendable () -> Void

  /// - Parameter written: called after each durable record.
  package init(log: LogWriter, written: @escaping @Sendable () -> Void = {}) {
    self.log = log
    self.written = written
  }

  /// Durable when this returns. After a failure the lines stay with the log, which writes them anew
  /// with its next commit.
  package func record(_ records: [LogRecord]) throws(LogError) {
    guard !records.isEmpty else { return }
    try log.append(records)
    try log.commit()
    written()
  }
}
