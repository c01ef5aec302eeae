import SluiceCore

/// A `SHA256SUMS` file: a digest, two blanks and a path a line, in order of path.
struct SumsFile {
  struct Entry {
    var digest: Digest
    var path: String
    var line: Int
  }

  let source: SourceText
  private(set) var entries: [Entry] = []

  /// Lines that are no entry are reported.
  init(_ source: SourceText, into bag: DiagnosticBag) {
    self.source = source
    var seen: Set<String> = []
    for number in 1...source.lineCount {
      let line = source.line(number)!
      if line.isEmpty, number == source.lineCount { break }
      guard let entry = Self.entry(line, number) else {
        bag.error(
          .sumsSyntax, at: place(number),
          "the line is not 64 hexadecimal digits, two blanks and a path",
          hint: "sluice rules sign writes this file")
        continue
      }
      guard seen.insert(entry.path).inserted else {
        bag.error(.sumsSyntax, at: place(number), "'\(entry.path)' is listed already")
        continue
      }
      entries.append(entry)
    }
  }

  func place(_ line: Int) -> SourceSpan {
    SourceSpan(
      file: source, line: line, column: 1,
      length: max(1, source.line(line)?.unicodeScalars.count ?? 1))
  }

  private static func entry(_ line: String, _ number: Int) -> Entry? {
    let digits = line.prefix(64)
    let rest = line.dropFirst(64)
    guard let digest = Digest(hex: digits), rest.hasPrefix("  ") || rest.hasPrefix(" *") else {
      return nil
    }
    let path = String(rest.dropFirst(2))
    return path.isEmpty ? nil : Entry(digest: digest, path: path, line: number)
  }

  /// The file for these paths and digests.
  static func text(_ files: [(path: String, digest: Digest)]) -> String {
    files.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
      .map { "\($0.digest)  \($0.path)\n" }.joined()
  }
}
