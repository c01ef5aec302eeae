// SluiceRules: rule packs, overrides and policies as they are written, read into values.
// Trusts: nothing in a pack; a signature is checked against keys that the site trusts.
// Never: compiles or runs an expression, and never reads outside the directories it is given.

import SluiceCore

/// A file that was read, kept so that later checks can still point into it.
package final class SourceText: Sendable {
  /// As shown in diagnostics.
  package let path: String
  /// The lines without their ends.
  package let lines: [String]

  package init(path: String, text: String) {
    self.path = path
    lines = text.split(separator: /\r\n|\n|\r/, omittingEmptySubsequences: false).map(String.init)
  }

  /// The text of a line (from 1), or nil.
  package func line(_ number: Int) -> String? {
    number >= 1 && number <= lines.count ? lines[number - 1] : nil
  }
}

/// A place in a `SourceText`.
package struct SourceSpan: Sendable {
  package var file: SourceText
  /// Both from 1, the column in Unicode scalars.
  package var line: Int
  package var column: Int
  /// In characters, for the caret.
  package var length: Int

  package init(file: SourceText, line: Int, column: Int, length: Int = 1) {
    self.file = file
    self.line = line
    self.column = column
    self.length = length
  }

  package func diagnostic(
    _ severity: Diagnostic.Severity = .error, code: String, _ message: String, hint: String? = nil
  ) -> Diagnostic {
    Diagnostic(
      severity, path: file.path, line: line, column: column, length: length, code: code, message,
      source: file.line(line), hint: hint)
  }
}

/// A text taken from a YAML scalar, with the place in the file of every character of it: quoted,
/// plain, folded and block scalars, escapes, and definitions inserted from elsewhere.
package struct TracedText: Sendable {
  package let text: String
  /// Sorted by `scalar`, the first at 0. Characters of a run lie side by side on one line.
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

  package init(text: String, runs: [Run]) {
    self.text = text
    self.runs = runs
  }

  /// Where the character at `scalar` (an index in Unicode scalars; the count itself is the end)
  /// stands in its file.
  package func span(at scalar: Int, length: Int = 1) -> SourceSpan {
    let run = runs.last { $0.scalar <= scalar } ?? runs[0]
    var span = run.span
    if run.advances { span.column += scalar - run.scalar }
    span.length = length
    return span
  }
}
