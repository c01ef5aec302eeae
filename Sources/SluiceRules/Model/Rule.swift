import SluiceCore

/// Patterns, a condition over them, a severity, and tests.
package struct Rule: Sendable {
  /// `pack.theme.name`; unique over all packs.
  package var id: String
  package var title: String
  package var why: String
  package var severity: Severity
  /// Points (0…100); the severity's own unless the rule or an override says otherwise.
  package var score: Int
  /// Rules of one group count their highest.
  package var group: String?
  package var languages: [String]
  /// In the order of the file; never empty unless the condition stands on `signal(…)` alone.
  package var patterns: [Pattern]
  package var condition: Condition
  /// The condition as written, so that later checks can point into it; nil for the default.
  package var conditionText: TracedText?
  /// Every `signal(…)` of the condition, with its place.
  package var signals: [SignalUse]
  package var scope: Scope
  /// Ids of the pack's exceptions.
  package var except: [String]
  package var mode: Finding.Mode
  /// The verdict a hit forces, whatever the score.
  package var action: Verdict?
  /// Digests of material that is never shown, excerpted, copied or expired.
  package var sealed: Bool
  package var references: [String]
  /// Tags into public taxonomies, as `namespace:predicate="value"`.
  package var tags: [String]
  /// The rule counts only under a policy with one of these profiles; empty: under every policy.
  package var profiles: [String]
  package var match: [TracedText]
  package var pass: [TracedText]
  /// Digest of the rule as written, its definitions included: what probation calls changed.
  package var digest: Digest
  package var span: SourceSpan

  package enum Scope: String, Sendable, CaseIterable { case document, item }

  package init(
    id: String, title: String, why: String, severity: Severity, score: Int, group: String?,
    languages: [String], patterns: [Pattern], condition: Condition, scope: Scope, except: [String],
    mode: Finding.Mode, action: Verdict?, sealed: Bool, references: [String], tags: [String],
    match: [TracedText], pass: [TracedText], digest: Digest, span: SourceSpan,
    conditionText: TracedText? = nil, signals: [SignalUse] = [], profiles: [String] = []
  ) {
    self.id = id
    self.title = title
    self.why = why
    self.severity = severity
    self.score = score
    self.group = group
    self.languages = languages
    self.patterns = patterns
    self.condition = condition
    self.scope = scope
    self.except = except
    self.mode = mode
    self.action = action
    self.sealed = sealed
    self.references = references
    self.tags = tags
    self.match = match
    self.pass = pass
    self.digest = digest
    self.span = span
    self.conditionText = conditionText
    self.signals = signals
    self.profiles = profiles
  }
}
