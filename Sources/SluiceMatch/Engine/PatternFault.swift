/// What is wrong with an expression, and where.
package struct PatternFault: Error, Sendable, Hashable {
  /// Index of the first character meant, in Unicode scalars of the source.
  package var scalar: Int
  /// Characters meant.
  package var length: Int
  package var code: String
  package var message: String
  package var hint: String?

  package init(
    scalar: Int, length: Int = 1, code: String, _ message: String, hint: String? = nil
  ) {
    self.scalar = scalar
    self.length = length
    self.code = code
    self.message = message
    self.hint = hint
  }
}
