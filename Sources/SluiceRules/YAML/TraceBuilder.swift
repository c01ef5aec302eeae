/// Builds a `TracedText` piece by piece.
struct TraceBuilder {
  private let file: SourceText
  private var bytes: [UInt8] = []
  private var runs: [TracedText.Run] = []
  /// Unicode scalars so far.
  private(set) var count = 0

  init(_ file: SourceText) { self.file = file }

  var isEmpty: Bool { count == 0 }

  /// Valid UTF-8 that stands as it is on one line of the file, from that place on.
  mutating func append(_ slice: some Collection<UInt8>, line: Int, column: Int) {
    guard !slice.isEmpty else { return }
    place(line: line, column: column)
    bytes.append(contentsOf: slice)
    count += slice.reduce(0) { $1 & 0xC0 == 0x80 ? $0 : $0 + 1 }
  }

  /// One character that a place in the file stands for: an escape, a folded line end.
  mutating func append(_ scalar: Unicode.Scalar, line: Int, column: Int) {
    place(line: line, column: column)
    bytes.append(contentsOf: UTF8.encode(scalar)!)
    count += 1
  }

  /// `text` from a place of its own, as a frame: all of it leads to `span`.
  mutating func append(frame text: String, at span: SourceSpan) {
    guard !text.isEmpty else { return }
    runs.append(TracedText.Run(scalar: count, span: span, advances: false))
    bytes.append(contentsOf: text.utf8)
    count += text.unicodeScalars.count
  }

  /// Scalars `range` of another text, with their places.
  mutating func append(_ other: TracedText, _ scalars: [Unicode.Scalar], range: Range<Int>) {
    guard !range.isEmpty else { return }
    for (index, run) in other.runs.enumerated() {
      let end = index + 1 < other.runs.count ? other.runs[index + 1].scalar : Int.max
      guard end > range.lowerBound, run.scalar < range.upperBound else { continue }
      let from = max(run.scalar, range.lowerBound)
      var moved = run
      moved.scalar = count + from - range.lowerBound
      if run.advances { moved.span.column += from - run.scalar }
      runs.append(moved)
    }
    for scalar in scalars[range] { bytes.append(contentsOf: UTF8.encode(scalar)!) }
    count += range.count
  }

  /// The text; an empty one stands at `start`.
  func finish(start: SourceSpan) -> TracedText {
    let runs = runs.isEmpty ? [TracedText.Run(scalar: 0, span: start)] : runs
    return TracedText(text: String(decoding: bytes, as: UTF8.self), runs: runs)
  }

  private mutating func place(line: Int, column: Int) {
    if let last = runs.last, last.advances, last.span.line == line, last.span.file === file,
      last.span.column + count - last.scalar == column
    {
      return
    }
    let span = SourceSpan(file: file, line: line, column: column)
    runs.append(TracedText.Run(scalar: count, span: span))
  }
}
