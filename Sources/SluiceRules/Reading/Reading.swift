import SluiceCore

/// What reading the packs and overrides gave.
package struct Reading: Sendable {
  /// What could be read, even when there are errors, so that later checks report in the same run.
  package var ruleSet: RuleSet
  /// All problems of all files, sorted by path and place.
  package var diagnostics: [Diagnostic]
  /// With errors the set must not go live.
  package var hasErrors: Bool

  package init(ruleSet: RuleSet, diagnostics: [Diagnostic]) {
    self.ruleSet = ruleSet
    self.diagnostics = diagnostics
    hasErrors = diagnostics.contains { $0.severity == .error }
  }
}
