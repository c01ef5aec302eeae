import SluiceCore

/// What is remembered of a segment's `text` while it is read: where its characters and lines lie,
/// where its bytes came from, and its recent bytes. A long segment takes a few bytes a kilobyte.
struct SegmentText {
  struct Position { var character, line, column: Int }

  /// State at a block's first byte.
  private struct Block { var character, line, lineStart: Int }
  private struct Piece {
    var start, end: Int
    var map: OffsetMap
  }

  private static let blockBytes = 1024
  /// Bytes kept behind the newest piece: more than a match can lag behind what was fed.
  static let keptBytes = 1 << 20

  private var blocks: [Block] = []
  private var state = Block(character: 0, line: 1, lineStart: 0)
  private var pieces: [Piece] = []
  private var recent: [UInt8] = []
  /// The offset of `recent[0]`.
  private var base = 0
  /// Bytes so far.
  private(set) var count = 0

  mutating func reset() {
    blocks.removeAll(keepingCapacity: true)
    state = Block(character: 0, line: 1, lineStart: 0)
    pieces.removeAll(keepingCapacity: true)
    if recent.capacity > 4 * Self.keptBytes { recent = [] }
    recent.removeAll(keepingCapacity: true)
    base = 0
    count = 0
  }

  mutating func append(_ bytes: UnsafeRawBufferPointer, map: OffsetMap) {
    guard !bytes.isEmpty else { return }
    trim()
    recent.append(contentsOf: bytes)
    pieces.append(Piece(start: count, end: count + bytes.count, map: map))
    var index = 0
    while index < bytes.count {
      let inBlock = count % Self.blockBytes
      if inBlock == 0 { blocks.append(state) }
      let end = min(bytes.count, index + Self.blockBytes - inBlock)
      advance(over: UnsafeRawBufferPointer(rebasing: bytes[index..<end]))
      count += end - index
      index = end
    }
  }

  /// Line (from 1), column (from 1) and character (from 0) of the byte at `offset`.
  func position(of offset: Int) -> Position {
    let index = min(offset / Self.blockBytes, blocks.count - 1)
    guard index >= 0 else { return Position(character: 0, line: 1, column: 1) }
    var block = blocks[index]
    let start = index * Self.blockBytes
    if start >= base {
      recent.withUnsafeBytes { bytes in
        for byte in bytes[start - base..<min(offset, count) - base] {
          if byte & 0xC0 != 0x80 { block.character += 1 }
          if byte == 0x0A {
            block.line += 1
            block.lineStart = block.character
          }
        }
      }
    }
    return Position(
      character: block.character, line: block.line,
      column: block.character - block.lineStart + 1)
  }

  /// Characters that begin in a range of bytes.
  func characters(in range: Range<Int>) -> Int {
    bytes(in: range) { $0.reduce(0) { $1 & 0xC0 != 0x80 ? $0 + 1 : $0 } }
  }

  /// The bytes of the origin that a range of text came from; nil where that is no longer known.
  func origin(of range: Range<Int>) -> Range<Int>? {
    OffsetTrail.origin(of: range, in: pieces.lazy.map { ($0.start, $0.end, $0.map) })
  }

  /// The recent bytes of a range; what is no longer kept is cut off.
  func bytes<Result>(in range: Range<Int>, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    let lower = min(max(range.lowerBound, base), count)
    let upper = min(max(range.upperBound, lower), count)
    return recent.withUnsafeBytes {
      body(UnsafeRawBufferPointer(rebasing: $0[lower - base..<upper - base]))
    }
  }

  private mutating func advance(over bytes: UnsafeRawBufferPointer) {
    var continued = 0
    var lines = 0
    for byte in bytes {
      continued &+= byte & 0xC0 == 0x80 ? 1 : 0
      lines &+= byte == 0x0A ? 1 : 0
    }
    let end = state.character + bytes.count - continued
    if lines > 0, let last = bytes.lastIndex(of: 0x0A) {
      state.line += lines
      state.lineStart = end - bytes[(last + 1)...].reduce(0) { $1 & 0xC0 != 0x80 ? $0 + 1 : $0 }
    }
    state.character = end
  }

  private mutating func trim() {
    guard recent.count > 2 * Self.keptBytes else { return }
    let dropped = recent.count - Self.keptBytes
    recent.removeFirst(dropped)
    base += dropped
    let gone = pieces.firstIndex { $0.end > base } ?? pieces.count
    pieces.removeFirst(gone)
  }
}

/// Ranges of text led back through the maps of the pieces they came in.
enum OffsetTrail {
  static func origin(
    of range: Range<Int>, in pieces: some RandomAccessCollection<(Int, Int, OffsetMap)>
  ) -> Range<Int>? {
    guard !range.isEmpty else { return nil }
    func piece(holding offset: Int) -> (Int, Int, OffsetMap)? {
      let index = pieces.partition { $0.1 <= offset }
      guard index < pieces.endIndex, pieces[index].0 <= offset else { return nil }
      return pieces[index]
    }
    guard let first = piece(holding: range.lowerBound),
      let last = piece(holding: range.upperBound - 1)
    else { return nil }
    let start = first.2.origin(of: range.lowerBound - first.0)
    let end = last.2.end(of: range.upperBound - 1 - last.0)
    return start..<max(start, end)
  }
}
