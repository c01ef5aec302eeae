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
