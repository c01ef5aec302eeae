import Glibc
import Logging
import SluiceCore

/// Messages on standard error. Under journald each line begins with its priority, which
/// the journal takes off again; elsewhere with the word for it.
package struct JournalHandler: LogHandler {
  package var logLevel = Logger.Level.info
  package var metadata: Logger.Metadata = [:]
  private let hasPriorities: Bool

  package init(hasPriorities: Bool) { self.hasPriorities = hasPriorities }

  /// - Parameter verbose: debugging messages too.
  package static func logger(verbose: Bool = false) -> Logger {
    // systemd sets this where standard error leads to the journal.
    let hasPriorities = getenv("JOURNAL_STREAM") != nil
    var logger = Logger(label: "sluiced") { _ in JournalHandler(hasPriorities: hasPriorities) }
    if verbose { logger.logLevel = .debug }
    return logger
  }

  package subscript(metadataKey key: String) -> Logger.MetadataValue? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  package func log(event: LogEvent) {
    let lines = event.message.description.split(separator: "\n", omittingEmptySubsequences: false)
    let all = metadata.merging(event.metadata ?? [:]) { $1 }
    var text = ""
    for (index, line) in lines.enumerated() {
      if index > 0 { text += "\n" }
      if hasPriorities {
        text += "<\(Self.priority(event.level))>"
      } else if index == 0 {
        text += "\(event.level): "
      }
      // A message can name files and quote rules: nothing in it may act on a terminal.
      text += Display.escape(line)
    }
    for (key, value) in all.sorted(by: { $0.key < $1.key }) {
      text += " \(key)=\(Display.escape(value.description))"
    }
    text += "\n"
    var bytes = Array(text.utf8)
    // One write a line keeps lines of several threads whole.
    bytes.withUnsafeMutableBytes { _ = write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }

  /// Priorities of syslog(3).
  private static func priority(_ level: Logger.Level) -> Int {
    switch level {
    case .trace, .debug: 7
    case .info: 6
    case .notice: 5
    case .warning: 4
    case .error: 3
    case .critical: 2
    }
  }
}
