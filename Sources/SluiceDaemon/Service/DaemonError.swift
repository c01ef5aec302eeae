import SluiceCore

/// Why the daemon did not start.
package struct DaemonError: Error, Sendable, CustomStringConvertible {
  package enum Code: String, Sendable {
    /// The config, or the rules, have errors.
    case config, rules
    /// Another process owns the spool or the log.
    case owned
    /// Something it needs is not there or does not work.
    case system
    /// It was told to stop before it had started.
    case stopped
  }

  package var code: Code
  package var message: String
  /// All that is wrong with config or rules.
  package var diagnostics: [Diagnostic]

  package init(_ code: Code, _ message: String, diagnostics: [Diagnostic] = []) {
    self.code = code
    self.message = message
    self.diagnostics = diagnostics
  }

  package var description: String { message }

  /// As commands have it: 1 refused, 2 could not do it.
  package var exitStatus: Int32 {
    switch code {
    case .config, .rules, .owned: 1
    case .system: 2
    case .stopped: 0
    }
  }
}
