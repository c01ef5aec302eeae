import ArgumentParser
import SluiceCore

/// Something a command could not do (status 2), in one line for a person.
struct Failure: Error, CustomStringConvertible {
  var description: String

  init(_ description: String) { self.description = Display.escape(description) }
}

extension ExitCode {
  static let found = ExitCode(1)
  static let refused = ExitCode(1)
  static let impossible = ExitCode(2)
  static let partly = ExitCode(3)
}
