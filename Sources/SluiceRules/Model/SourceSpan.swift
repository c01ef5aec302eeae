import SluiceCore

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
