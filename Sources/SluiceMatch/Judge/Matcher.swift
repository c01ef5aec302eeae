import SluiceCore
import SluiceRules

/// What compiling a rule set came to. Without errors there is a matcher.
package struct Compilation: Sendable {
  package var matcher: Matcher?
  package var diagnostics: [Diagnostic]
}

/// One generation, compiled; immutable and shared by all workers.
package final class Matcher: Sendable {
  package let ruleSet: RuleSet
  /// Digests that some list needs beside SHA-256.
  package let digestKinds: Set<DigestKind>
  /// Facts of the engine for the start record: whether JIT is in use, counts of patterns.
  package let facts: [String: Int]

  private init(ruleSet: RuleSet) {
    self.ruleSet = ruleSet
    digestKinds = []
    facts = [:]
  }

  /// Compiles all patterns and reads all lists of a rule set.
  ///
  /// Diagnostics are all that is wrong with expressions, validators, lists and embedded tests, at
  /// their places; with an error among them there is no matcher.
  package static func compile(_ rules: RuleSet, options: MatcherOptions = .init()) -> Compilation {
    Compilation(matcher: Matcher(ruleSet: rules), diagnostics: [])
  }
}
