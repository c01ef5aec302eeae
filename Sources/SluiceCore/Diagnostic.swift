/// One thing that a person must mend in a text: a pack, a config, a dataset.
package struct Diagnostic: Sendable, Hashable {
  package enum Severity: String, Sendable, Hashable { case error, warning, note }

  package var severity: Severity
  /// As the user named the file, or as it is found from there.
  package var path: String
  /// Both from 1, the column in Unicode scalars; nil where the whole file is meant.
  package var line: Int?
  package var column: Int?
  /// How many characters of the line are meant, for the caret's tail.
  package var length: Int
  /// Stable and short: `unknown-key`, `regex-unbounded`.
  package var code: String
  /// What is wrong and what was expected.
  package var message: String
  /// The line itself, as it stands in the file.
  package var source: String?
  /// How to mend it.
  package var hint: String?

  package init(
    _ severity: Severity = .error, path: String, line: Int? = nil, column: Int? = nil,
    length: Int = 1, code: String, _ message: String, source: String? = nil, hint: String? = nil
  ) {
    self.severity = severity
    self.path = path
    self.line = line
    self.column = column
    self.length = length
    self.code = code
    self.message = message
    self.source = source
    self.hint = hint
  }

  /// `path:line:col: error: [code] message`, then the line with a caret under the column, then the
  /// hint. Several lines without a final newline; characters from files are escaped.
  package var rendered: String {
    var place = Display.escape(path)
    if let line { place += ":\(line)" + (column.map { ":\($0)" } ?? "") }
    var text = "\(place): \(severity.rawValue): [\(code)] \(Display.escape(message))"
    if let source, let column {
      let (shown, caret) = Self.excerpt(source, column: column, length: length)
      text += "\n    \(shown)\n    \(caret)"
    }
    if let hint { text += "\n  hint: \(Display.escape(hint))" }
    return text
  }

  /// At most 100 characters of the line around the column, and the caret line under them.
  private static func excerpt(_ source: String, column: Int, length: Int) -> (String, String) {
    let scalars = Array(source.unicodeScalars)
    let start = scalars.count > 100 ? max(0, min(column - 50, scalars.count - 100)) : 0
    let end = min(scalars.count, start + 100)
    var shown = start > 0 ? "…" : ""
    var caret = start > 0 ? " " : ""
    for index in start..<end {
      let piece = Display.escape(String(scalars[index] == "\t" ? " " : scalars[index]))
      shown += piece
      let mark: Character =
        index < column - 1
        ? " " : index == column - 1 ? "^" : index < column - 1 + length ? "~" : "."
      if mark != "." { caret += String(repeating: mark, count: piece.unicodeScalars.count) }
    }
    if column - 1 >= end { caret += "^" }
    if end < scalars.count { shown += "…" }
    return (shown, caret)
  }

  /// The same as one object for `--json`.
  package var json: JSON {
    var members: [JSON.Member] = [
      .init("severity", .string(severity.rawValue)), .init("path", .string(path)),
    ]
    if let line { members.append(.init("line", .int(line))) }
    if let column { members.append(.init("column", .int(column))) }
    members += [.init("code", .string(code)), .init("message", .string(message))]
    if let hint { members.append(.init("hint", .string(hint))) }
    return .object(members)
  }
}
