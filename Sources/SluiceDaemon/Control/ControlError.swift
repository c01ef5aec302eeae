import SluiceCore

/// Why a request to the running daemon did not do what was asked.
package struct ControlError: Error, Sendable, Hashable, CustomStringConvertible {
  package enum Code: String, Sendable {
    /// Nobody listens on the socket: no daemon runs there.
    case notRunning = "not-running"
    /// The caller may not use the socket, or not for this.
    case forbidden
    /// The daemon did not answer in time, or closed the connection.
    case noAnswer = "no-answer"
    /// The answer was no HTTP or no JSON.
    case badAnswer = "bad-answer"
    /// The daemon answered, and refused.
    case refused
    /// A system call failed.
    case system
  }

  package var code: Code
  /// One sentence for a person.
  package var message: String
  /// The HTTP status where there was an answer.
  package var status: Int?
  /// The daemon's own code for a refusal: `unknown-item`, `rules-refused`.
  package var reason: String?

  package init(_ code: Code, _ message: String, status: Int? = nil, reason: String? = nil) {
    self.code = code
    self.message = message
    self.status = status
    self.reason = reason
  }

  package var description: String { message }
}
