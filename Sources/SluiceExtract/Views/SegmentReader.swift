import SluiceCore

/// Reads one segment at a time as a person would: its views, and what is written in it in another
/// way, which it then reads in the same manner as segments of their own.
final class SegmentReader: BlockScan {
  /// How often text can be wrapped: Base64 in percent encoding in Base64.
  static let depth = 3

  private let output: ViewOutput
  private let level: Int
  private let maker: ViewMaker
  @exclusivity(unchecked) private var scanner: HiddenScanner
  @exclusivity(unchecked) private var inner: SegmentReader?
  @exclusivity(unchecked) private var info = SegmentInfo(path: "")
  /// Where the pieces of the text that a block can lie in came from.
  @exclusivity(unchecked) private var trail: [(start: Int, end: Int, map: OffsetMap)] = []
  @exclusivity(unchecked) private var length = 0

  init(output: ViewOutput, level: Int = 0) {
    self.output = output
    self.level = level
    maker = ViewMaker(output: output)
    scanner = HiddenScanner(limit: output.decodedBytes)
  }

  func begin(_ info: SegmentInfo) {
    self.info = info
    length = 0
    trail.removeAll(keepingCapacity: true)
    scanner.found.removeAll()
    output.sink?.begin(segment: info)
    maker.begin()
  }

  func text(_ bytes: UnsafeRawBufferPointer, map: OffsetMap, last: Bool) {
    output.sink?.text(bytes, map: map, last: last)
    trail.append((length, length + bytes.count, map))
    length += bytes.count
    maker.add(bytes, last: last, scan: self)
    let base = maker.start
    if trail.count > 1 { trail.removeAll { $0.end <= base } }
  }

  /// The segment ends; what was hidden in it follows.
  func end() {
    maker.end(scan: self)
    let found = scanner.found
    if maker.isDisguised || found.isDisguised { output.sink?.signal(.disguise) }
    output.sink?.endSegment()
    for (type, kind, offset) in found.files {
      guard let gap = type.gap else { continue }
      output.note(
        gap.cause == .encrypted ? .encrypted : .noDecoder,
        "holds in \(kind.rawValue) at byte \(offset) \(gap.detail)", in: info.path)
    }
    if found.isFull {
      output.note(
        .limit, "decodes to more than \(output.decodedBytes) bytes of text", in: info.path)
    }
    guard level < Self.depth else {
      if !found.parts.isEmpty {
        output.note(
          .limit, "holds text that is encoded more than \(Self.depth) times over", in: info.path)
      }
      return
    }
    for part in found.parts { read(part) }
  }

  private func read(_ part: HiddenText.Part) {
    let reader = inner ?? SegmentReader(output: output, level: level + 1)
    inner = reader
    output.addSegment(part.kind)
    reader.begin(
      SegmentInfo(
        path: "\(info.path) > \(part.kind.rawValue)", part: .decoded, reading: info.reading,
        hasOrigin: info.hasOrigin))
    part.text.bytes.withUnsafeBytes {
      reader.text($0, map: OffsetMap(runs: part.text.runs), last: true)
    }
    reader.end()
  }

  func encodings(
    in source: JoinSource, _ look: QuickLook, of block: UnsafeBufferPointer<UInt8>, isWide: Bool,
    base: Int
  ) {
    scanner.scan(source.bytes, look) { place(source.span(of: $0)) }
    if isWide, block.reduce(0, max) >= 0xF3 {
      scanner.scanInvisible(block) { place(base + $0.lowerBound..<base + $0.upperBound) }
    }
  }

  func letters(in source: JoinSource) {
    scanner.scanLetters(source.bytes) { place(source.span(of: $0)) }
  }

  /// Where bytes of the text came from.
  private func place(_ range: Range<Int>) -> Range<Int> {
    func piece(_ offset: Int) -> (start: Int, end: Int, map: OffsetMap)? {
      trail.last { $0.start <= offset && $0.start < $0.end }
    }
    guard let first = piece(range.lowerBound) else { return range }
    let start = first.map.origin(of: range.lowerBound - first.start)
    guard !range.isEmpty, let last = piece(range.upperBound - 1) else { return start..<start }
    let end = last.map.end(of: range.upperBound - 1 - last.start)
    return start..<max(start, end)
  }
}
