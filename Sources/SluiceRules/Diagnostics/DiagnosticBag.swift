import SluiceCore

/// Collects what readers have to say, so that one run tells of every mistake.
package final class DiagnosticBag {
  /// Problems kept of one file; the rest is counted.
  package static let mostPerFile = 200

  private var kept: [Diagnostic] = []
  private var counts: [String: Int] = [:]
  /// Errors among all that was added.
  package private(set) var errors = 0

  /// All that was added so far.
  package private(set) var count = 0

  package init() {}

  package var hasErrors: Bool { errors > 0 }

  package func add(_ diagnostic: Diagnostic) {
    if diagnostic.severity == .error { errors += 1 }
    count += 1
    counts[diagnostic.path, default: 0] += 1
    if counts[diagnostic.path]! <= Self.mostPerFile { kept.append(diagnostic) }
  }

  package func error(
    _ code: DiagnosticCode, at span: SourceSpan, _ message: String, hint: String? = nil
  ) {
    add(span.diagnostic(.error, code: code.rawValue, message, hint: hint))
  }

  package func warning(
    _ code: DiagnosticCode, at span: SourceSpan, _ message: String, hint: String? = nil
  ) {
    add(span.diagnostic(.warning, code: code.rawValue, message, hint: hint))
  }

  /// About a file or directory as a whole.
  package func error(
    _ code: DiagnosticCode, path: String, _ message: String, hint: String? = nil
  ) {
    add(Diagnostic(path: path, code: code.rawValue, message, hint: hint))
  }

  package func warning(
    _ code: DiagnosticCode, path: String, _ message: String, hint: String? = nil
  ) {
    add(Diagnostic(.warning, path: path, code: code.rawValue, message, hint: hint))
  }

  /// Everything once, in order of path, line, column and code.
  package var sorted: [Diagnostic] {
    var all = kept
    for (path, count) in counts where count > Self.mostPerFile {
      all.append(
        Diagnostic(
          .note, path: path, line: Int.max, code: DiagnosticCode.tooManyProblems.rawValue,
          "\(count - Self.mostPerFile) more problems in this file are not shown"))
    }
    var seen: Set<Diagnostic> = []
    return DiagnosticBag.sort(all.filter { seen.insert($0).inserted }).map { diagnostic in
      guard diagnostic.line == Int.max else { return diagnostic }
      var whole = diagnostic
      whole.line = nil
      return whole
    }
  }

  /// In order of path, line, column, code and message; what names no line comes first.
  package static func sort(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
    diagnostics.sorted { left, right in
      (left.path, left.line ?? 0, left.column ?? 0, left.code, left.message)
        < (right.path, right.line ?? 0, right.column ?? 0, right.code, right.message)
    }
  }
}
