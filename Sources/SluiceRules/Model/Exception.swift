/// A wording that lowers a finding by one step when it stands in the same sentence or quotation.
package struct Exception: Sendable {
  package var id: String
  package var why: String
  package var patterns: [Pattern]
  /// Texts that hold the exception; tests paste them around texts that a rule must still find.
  package var match: [TracedText]
  package var span: SourceSpan

  package init(
    id: String, why: String, patterns: [Pattern], match: [TracedText], span: SourceSpan
  ) {
    self.id = id
    self.why = why
    self.patterns = patterns
    self.match = match
    self.span = span
  }
}
