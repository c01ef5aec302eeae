import SluiceCore

/// Why an evaluation could not be done.
package struct EvalError: Error, Sendable, Hashable, CustomStringConvertible {
  package enum Code: String, Sendable {
    /// A file that cannot be read.
    case read = "eval-read"
    /// A line that is no row of a data set.
    case row = "eval-row"
    /// A harm map, a list of groups or a file of floors that is not as described.
    case file = "eval-file"
  }

  package var code: Code
  package var message: String
  package var path: String
  /// From 1; nil for the file as a whole.
  package var line: Int?

  package init(_ code: Code, _ message: String, path: String, line: Int? = nil) {
    self.code = code
    self.message = message
    self.path = path
    self.line = line
  }

  package var description: String {
    let place = line.map { ":\($0)" } ?? ""
    return "\(Display.escape(path))\(place): error: [\(code.rawValue)] \(Display.escape(message))"
  }
}
