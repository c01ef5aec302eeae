import SluiceCore
import SluiceLog
import SluiceSpool

/// What all actions stand on: the spool, the log, and the order between them. A record is made
/// durable first; its act is noted as open until it is done and durable too.
package final class Journal: Sendable {
  package let spool: Spool
  package let log: LogWriter
  package let clock: Clock
  package let options: ActionOptions
  package let mark: SettledMark
  package let tries: CrashTries
  package let allowances: Allowances
  package let stopMarker: StopMarker
  let state: StateFolder

  package init(spool: Spool, log: LogWriter, options: ActionOptions, clock: Clock)
    throws(ActionError)
  {
    self.spool = spool
    self.log = log
    self.options = options
    self.clock = clock
    state = try StateFolder(spool: spool)
    mark = try SettledMark(folder: state)
    tries = try CrashTries(state: state)
    allowances = try Allowances(state: state)
    stopMarker = StopMarker(state: state)
  }

  /// Records whose acts are still to be done.
  struct Recorded: Sendable {
    var token: Int
    var seqs: ClosedRange<Int>
  }

  /// Appends records and makes them durable.
  ///
  /// When the append fails, nothing is recorded. When the commit fails, the lines stay with the log,
  /// which writes them anew with the next commit: `commit` is called again, not this.
  func append(_ records: [LogRecord]) throws(ActionError) -> Recorded {
    let token = mark.open()
    do {
      try options.reach(.append)
      let seqs = try log.append(records)
      mark.reached(seqs.upperBound)
      return Recorded(token: token, seqs: seqs)
    } catch {
      mark.close(token)
      throw ActionError(any: error)
    }
  }

  func commit() throws(ActionError) {
    try options.reach(.commitLog)
    do throws(LogError) { try log.commit() } catch { throw ActionError(log: error) }
  }

  func record(_ records: [LogRecord]) throws(ActionError) -> Recorded {
    let recorded = try append(records)
    try commit()
    return recorded
  }

  /// The acts of these records are done and durable.
  func settle(_ recorded: Recorded) { mark.close(recorded.token) }
}

extension ActionError {
  package init(log error: LogError) {
    self.init(
      .log, "the log takes no record: \(error)", errno: error.errno == 0 ? nil : error.errno)
  }

  package init(spool error: SpoolError) {
    self.init(.spool, error.message, errno: error.errno == 0 ? nil : error.errno)
  }

  init(any error: any Error) {
    switch error {
    case let error as ActionError: self = error
    case let error as LogError: self.init(log: error)
    case let error as SpoolError: self.init(spool: error)
    default: self.init(.malformed, "\(error)")
    }
  }
}
