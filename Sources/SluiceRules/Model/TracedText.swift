/// A text taken from a YAML scalar, with the place in the file of every character of it: quoted,
/// plain, folded and block scalars, escapes, and definitions inserted from elsewhere.
package struct TracedText: Sendable {
  package let text: String
  /// Sorted by `scalar`, the first at 0; never empty. Characters of a run lie side by side on one
  /// line.
  package let runs: [Run]

  package struct Run: Sendable {
    /// Index (in Unicode scalars) in `text` where the run begins.
    package var scalar: Int
    package var span: SourceSpan
    /// False where several characters of `text` come from one place (an inserted group's frame).
    package var advances: Bool

    package init(scalar: Int, span: SourceSpan, advances: Bool = true) {
      self.scalar = scalar
      self.span = span
      self.advances = advances
    }
  }

  /// - Precondition: `runs` is not empty.
  package init(text: String, runs: [Run]) {
    precondition(!runs.isEmpty)
    self.text = text
    self.runs = runs
  }

  /// Where the character at `scalar` (an index in Unicode scalars; the count itself is the end)
  /// stands in its file.
  package func span(at scalar: Int, length: Int = 1) -> SourceSpan {
    var low = 0
    var high = runs.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if runs[middle].scalar <= scalar { low = middle } else { high = middle }
    }
    var span = runs[low].span
    if runs[low].advances { span.column += max(0, scalar - runs[low].scalar) }
    span.length = length
    return span
  }

  /// The whole text, as far as it stands on the line it begins on.
  package var span: SourceSpan {
    let end = runs.first { $0.span.line != runs[0].span.line }?.scalar ?? text.unicodeScalars.count
    var span = runs[0].span
    span.length = max(1, end - runs[0].scalar)
    return span
  }
}
