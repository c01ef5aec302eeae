import SluiceCore

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
