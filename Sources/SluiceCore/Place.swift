/// Where a pattern matched: enough to find it again in the item as it was dropped.
package struct Place: Sendable, Hashable {
  /// The pattern's name within its rule.
  package var pattern: String
  /// The segment's path, as people read it: `offer.eml > attachment 2: list.zip > wallets.txt`.
  package var segment: String
  package var view: View
  /// Line and column of the match's start in the segment's text; both count from 1, the column in
  /// Unicode scalars. Nil for a finding without a place (a digest, a name).
  package var line: Int?
  package var column: Int?
  /// Bytes from the start of the item as it was dropped, where there is such a place.
  package var offset: Int?
  /// Length in bytes of the original that produced the match.
  package var length: Int?
  /// The matched text, unmasked. Whoever shows or records it masks it first.
  package var excerpt: String

  package init(
    pattern: String, segment: String, view: View, line: Int?, column: Int?, offset: Int?,
    length: Int?, excerpt: String
  ) {
    self.pattern = pattern
    self.segment = segment
    self.view = view
    self.line = line
    self.column = column
    self.offset = offset
    self.length = length
    self.excerpt = excerpt
  }
}
