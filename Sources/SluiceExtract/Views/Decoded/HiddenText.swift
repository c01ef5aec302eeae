import SluiceCore

/// What was decoded out of one segment, by kind, until the segment has ended and it can be read as
/// segments of its own. Bounded: what finds no room is a gap.
struct HiddenText {
  struct Part {
    let kind: HiddenKind
    /// With a map to what the segment's own map leads to.
    var text = ViewText()
    var end = -1
  }

  private(set) var parts: [Part] = []
  /// Known file types that were found under an encoding, each with its place.
  private(set) var files: [(type: FileType, kind: HiddenKind, offset: Int)] = []
  private(set) var isFull = false
  var isDisguised: Bool { parts.contains { $0.kind.isDisguise } }

  /// Line breaks between two stretches that were decoded apart; views keep those.
  private static let gap = 512
  /// Bytes that all parts can take.
  private let limit: Int

  init(limit: Int) { self.limit = limit }

  mutating func removeAll() {
    parts.removeAll(keepingCapacity: true)
    files.removeAll(keepingCapacity: true)
    isFull = false
  }

  mutating func note(_ type: FileType, _ kind: HiddenKind, at offset: Int) {
    if files.count < 64 { files.append((type, kind, offset)) }
  }

  /// Adds what was decoded, as text.
  /// - Parameter place: leads from a range of the block to where it stands.
  mutating func add(
    _ raw: RawDecoded, _ kind: HiddenKind, charset: RawDecoded.Charset,
    place: (Range<Int>) -> Range<Int>
  ) {
    guard let first = raw.units.first, let last = raw.units.last else { return }
    guard parts.reduce(0, { $0 + $1.text.count }) + raw.count * 2 + Self.gap <= limit else {
      isFull = true
      return
    }
    let index = parts.firstIndex { $0.kind == kind } ?? parts.count
    if index == parts.count { parts.append(Part(kind: kind)) }
    let start = place(first.source).lowerBound
    // Lines of one message follow each other closely.
    if !parts[index].text.isEmpty, start < parts[index].end || start - parts[index].end > 8 {
      parts[index].text.appendGap(at: start, count: Self.gap, of: 0x0A)
    }
    switch charset {
    case .utf8: Self.write(raw, into: &parts[index].text, place)
    case .utf16(let bigEndian):
      let decoder = UTF16Decoder(bigEndian: bigEndian)
      Self.write(raw, with: decoder, into: &parts[index].text, place)
    case .windows1252:
      guard let charset = SingleByteCharset.all.first(where: { $0.name == "windows-1252" }) else {
        return
      }
      Self.write(raw, with: SingleByteDecoder(charset: charset), into: &parts[index].text, place)
    }
    parts[index].end = place(last.source).upperBound
  }

  private static func write(
    _ raw: RawDecoded, into text: inout ViewText, _ place: (Range<Int>) -> Range<Int>
  ) {
    var index = 0
    for unit in raw.units {
      let span = place(unit.source)
      text.append(
        bytes: raw.bytes[index..<index + unit.count], at: span.lowerBound, length: span.count)
      index += unit.count
    }
  }

  private static func write(
    _ raw: RawDecoded, with decoder: some Decoder, into text: inout ViewText,
    _ place: (Range<Int>) -> Range<Int>
  ) {
    var decoder = decoder
    let builder = TextBuilder(capacity: raw.count * 3 + 16)
    _ = raw.bytes.withUnsafeBufferPointer { decoder.decode($0, at: 0, final: true, into: builder) }
    // Where each byte came from.
    var sources: [Range<Int>] = []
    sources.reserveCapacity(raw.count)
    for unit in raw.units { sources += repeatElement(unit.source, count: unit.count) }
    let map = builder.map(at: 0)
    let bytes = builder.contents.assumingMemoryBound(to: UInt8.self)
    var index = 0
    while index < bytes.count {
      let length = bytes.scalar(at: index).length
      let source = sources[min(map.origin(of: index), sources.count - 1)]
      let span = place(source)
      text.append(
        bytes: bytes[index..<index + length], at: span.lowerBound, length: span.count)
      index += length
    }
  }
}
