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
    match: [TracedText], pass: [TracedText], digest: Digest, span: SourceSpan
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
  }
}

/// One named expression, word list or digest list of a rule.
package struct Pattern: Sendable {
  package var name: String
  package var kind: Kind
  package var caseSensitive: Bool
  package var views: ViewSet
  /// A registered validator's name and its argument: `luhn`, `entropy(3.5)`.
  package var validator: ValidatorUse?
  /// The group whose text the validator gets; 0 is the whole match.
  package var capture: Capture
  package var span: SourceSpan

  package enum Kind: Sendable {
    /// A PCRE2 expression with its definitions inserted.
    case expression(TracedText, freeSpacing: Bool)
    /// A file with one word or phrase a line, matched as whole words.
    case words(ListFile)
    /// A file with one SHA-256, SHA-1 or MD5 digest a line, looked up for the whole item.
    case digests(ListFile)
  }

  package enum Capture: Sendable, Hashable {
    case number(Int)
    case name(String)
  }

  package init(
    name: String, kind: Kind, caseSensitive: Bool, views: ViewSet, validator: ValidatorUse?,
    capture: Capture, span: SourceSpan
  ) {
    self.name = name
    self.kind = kind
    self.caseSensitive = caseSensitive
    self.views = views
    self.validator = validator
    self.capture = capture
    self.span = span
  }
}

/// A validator as a pattern names it.
package struct ValidatorUse: Sendable {
  package var name: String
  package var argument: Double?
  package var span: SourceSpan

  package init(name: String, argument: Double?, span: SourceSpan) {
    self.name = name
    self.argument = argument
    self.span = span
  }
}

/// A list that a pattern reads from a file, in the pack or owned by the site.
package struct ListFile: Sendable {
  /// The path to open.
  package var path: String
  /// The digest of its content when the pack was read.
  package var digest: Digest
  package var span: SourceSpan

  package init(path: String, digest: Digest, span: SourceSpan) {
    self.path = path
    self.digest = digest
    self.span = span
  }
}
