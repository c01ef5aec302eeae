import ArgumentParser
import SluiceCore
import SluiceRules

/// Something a command could not do (status 2), in one line for a person.
struct Failure: Error, CustomStringConvertible {
  var description: String

  init(_ description: String) { self.description = Display.escape(description) }

  static func unknownRule(_ id: String, in rules: RuleSet) -> Failure {
    let near = Suggestion.nearest(id, in: rules.rules.map(\.id))
    return Failure("no rule '\(id)'" + (near.map { "; did you mean '\($0)'?" } ?? ""))
  }
}

extension ExitCode {
  static let found = ExitCode(1)
  static let refused = ExitCode(1)
  static let impossible = ExitCode(2)
  static let partly = ExitCode(3)
}
