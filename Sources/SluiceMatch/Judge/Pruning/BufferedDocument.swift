import SluiceCore

/// The texts of one document, kept until it ends or grows too large, so that nothing of it needs to
/// be confirmed that could change nothing. One a worker; its memory is used again.
struct BufferedDocument {
  /// One view of one segment, whole.
  final class Text {
    var view = View.text
    var bytes: [UInt8] = []
    /// Ranges of `bytes`, each with where it came from.
    var pieces: [(Int, Int, OffsetMap)] = []
    var candidates: CandidateList?
    /// Matches of the patterns that were asked about already, whoever wants them.
    var confirmed = ConfirmedMatches()
    /// Units of work that confirming cost so far.
    var spent = 0
    /// There are too many candidates to be kept: it is fed as if it came only now.
    var isOverfull = false
    /// The engine stopped in it: nothing more is asked.
    var isExhausted = false
    private var isASCIIKnown: Bool?

    func begin(_ view: View) {
      self.view = view
      bytes.removeAll(keepingCapacity: true)
      pieces.removeAll(keepingCapacity: true)
      candidates?.removeAll()
      confirmed.removeAll()
      spent = 0
      (isOverfull, isExhausted) = (false, false)
      isASCIIKnown = nil
    }

    /// Whether each character is one byte.
    var isASCII: Bool {
      if let isASCIIKnown { return isASCIIKnown }
      let isASCII = bytes.reduce(0, |) < 0x80
      isASCIIKnown = isASCII
      return isASCII
    }

    /// Whether an expression may match there: it does, or has candidates that nobody asked about.
    func mayHold(_ expression: Int, isUnlisted: Bool) -> Bool {
      if let matches = confirmed[expression] { return !matches.isEmpty }
      return isUnlisted ? !bytes.isEmpty : candidates?.contains(expression) ?? false
    }
  }

  struct Segment {
    var info: MatchStore.Segment
    var hasOrigin: Bool
    /// Indices of `texts`, in the order in which they began.
    var texts: Range<Int>
  }

  /// Bytes of all views that are kept, and views.
  static let mostBytes = 1 << 20
  static let mostTexts = 32
  /// Bytes for which room is kept by a view from one document to the next, the first two left out.
  private static let mostRoom = 1 << 16

  private(set) var segments: [Segment] = []
  private var pool: [Text] = []
  private var used = 0
  private(set) var bytes = 0

  mutating func reset() {
    segments.removeAll(keepingCapacity: true)
    for text in pool[..<used].dropFirst(2) where text.bytes.capacity > Self.mostRoom {
      text.bytes = []
    }
    used = 0
    bytes = 0
  }

  mutating func begin(_ info: MatchStore.Segment, hasOrigin: Bool) {
    segments.append(Segment(info: info, hasOrigin: hasOrigin, texts: used..<used))
  }

  func texts(of segment: Segment) -> ArraySlice<Text> { pool[segment.texts] }

  /// Adds to the segment that began last.
  /// - Returns: false, with nothing added, where the document would become too large to be kept.
  mutating func append(_ view: View, _ piece: UnsafeRawBufferPointer, _ map: OffsetMap) -> Bool {
    guard bytes + piece.count <= Self.mostBytes, let text = text(of: view) else { return false }
    bytes += piece.count
    let start = text.bytes.count
    piece.withMemoryRebound(to: UInt8.self) { text.bytes.append(contentsOf: $0) }
    text.pieces.append((start, text.bytes.count, map))
    return true
  }

  private mutating func text(of view: View) -> Text? {
    let last = segments.count - 1
    if let known = pool[segments[last].texts].first(where: { $0.view == view }) { return known }
    guard used < Self.mostTexts else { return nil }
    if used == pool.count { pool.append(Text()) }
    let text = pool[used]
    text.begin(view)
    used += 1
    segments[last].texts = segments[last].texts.lowerBound..<used
    return text
  }
}
