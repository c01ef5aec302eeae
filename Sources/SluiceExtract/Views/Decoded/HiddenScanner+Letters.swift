extension HiddenScanner {
  /// Looks for text in which every letter is another one (ROT13) or that runs backwards: where the
  /// first words of a stretch are unknown and would be words if read so.
  mutating func scanLetters(_ block: Block, place: (Range<Int>) -> Range<Int>) {
    var start = 0
    while start < block.count {
      var end = min(block.count, start + 2048)
      while end < block.count, block[end] > 0x20, end - start < 2560 { end += 1 }
      let window = block.wholeCharacters(start..<end)
      switch kind(of: block, window) {
      case .rot13: rotate(block, window, place)
      case .reversed: reverse(block, window, place)
      default: break
      }
      start = max(window.upperBound, start + 1)
    }
  }

  private func kind(of block: Block, _ window: Range<Int>) -> HiddenKind? {
    var (seen, plain, rotated, reversed) = (0, 0, 0, 0)
    var index = window.lowerBound
    var word: [UInt8] = []
    while index < window.upperBound, seen < 24 {
      guard block[index].isASCIILetter else {
        index += 1
        // Not a text of Latin letters.
        if seen == 0, index - window.lowerBound > 400 { return nil }
        continue
      }
      word.removeAll(keepingCapacity: true)
      while index < window.upperBound, block[index].isASCIILetter {
        word.append(block[index] | 0x20)
        index += 1
      }
      guard word.count > 2, word.count < 20 else { continue }
      seen += 1
      if words.isWord(word) { plain += 1 }
      // Ordinary text is told by its first words.
      if seen >= 6, plain * 2 > seen { return nil }
      if words.isWord(word.map(Self.rotated)) { rotated += 1 }
      if words.isWord(Array(word.reversed())) { reversed += 1 }
    }
    guard seen > 2, plain * 2 < seen else { return nil }
    if rotated * 5 >= seen * 3, rotated > reversed { return .rot13 }
    if reversed * 5 >= seen * 3, reversed > plain { return .reversed }
    return nil
  }

  private static func rotated(_ letter: UInt8) -> UInt8 {
    guard letter.isASCIILetter else { return letter }
    let first = letter & 0xE0 | 1
    return first + (letter - first + 13) % 26
  }

  private mutating func rotate(
    _ block: Block, _ window: Range<Int>, _ place: (Range<Int>) -> Range<Int>
  ) {
    var raw = RawDecoded()
    for index in window { raw.append(Self.rotated(block[index]), from: index..<index + 1) }
    found.add(raw, .rot13, charset: .utf8, place: place)
  }

  /// Backwards by lines, and once more with each word turned in its place.
  private mutating func reverse(
    _ block: Block, _ window: Range<Int>, _ place: (Range<Int>) -> Range<Int>
  ) {
    for isWhole in [true, false] {
      var raw = RawDecoded()
      for line in block[window].lines {
        // All of a line leads to all of it: its characters run the other way.
        if isWhole {
          raw.append(bytes: Self.reversed(block, line), from: line)
        } else {
          for piece in block[line].words {
            raw.append(bytes: Self.reversed(block, piece), from: piece)
          }
        }
      }
      found.add(raw, .reversed, charset: .utf8, place: place)
    }
  }

  private static func reversed(_ block: Block, _ range: Range<Int>) -> [UInt8] {
    var bytes: [UInt8] = []
    var end = range.upperBound
    // The line break stays at the end.
    while end > range.lowerBound, block[end - 1] == 0x0A || block[end - 1] == 0x0D { end -= 1 }
    var index = end
    while index > range.lowerBound {
      var start = index - 1
      while start > range.lowerBound, block[start] & 0xC0 == 0x80 { start -= 1 }
      bytes += block[start..<index]
      index = start
    }
    return bytes + block[end..<range.upperBound]
  }

  /// Messages in characters that are shown as nothing: tags (U+E0020…7E, not those of flags), and
  /// variation selectors that stand for bytes.
  mutating func scanInvisible(_ block: Block, place: (Range<Int>) -> Range<Int>) {
    var (tags, selectors) = (RawDecoded(), RawDecoded())
    var isFlag = false
    var index = 0
    func isText(_ raw: RawDecoded) -> Bool { raw.count > 3 && raw.charset != nil }
    while index < block.count {
      let byte = block[index]
      guard byte >= 0xEF else {
        if byte < 0x80 || byte >= 0xC0 { isFlag = false }
        flush()
        index += byte < 0x80 ? 1 : block.scalar(at: index).length
        continue
      }
      let (scalar, length) = block.scalar(at: index)
      switch scalar {
      case 0xE0020...0xE007E:
        if !isFlag {
          tags.append(UInt8(truncatingIfNeeded: scalar), from: index..<index + length)
        }
      case 0xFE00...0xFE0F:
        selectors.append(
          UInt8(truncatingIfNeeded: scalar - 0xFE00), from: index..<index + length)
      case 0xE0100...0xE01EF:
        selectors.append(
          UInt8(truncatingIfNeeded: scalar - 0xE0100 + 16), from: index..<index + length)
      default:
        isFlag = scalar == 0x1F3F4
        flush()
      }
      index += length
    }
    flush()

    func flush() {
      if isText(tags) { found.add(tags, .tags, charset: .utf8, place: place) }
      if isText(selectors) { found.add(selectors, .selectors, charset: .utf8, place: place) }
      if !tags.isEmpty { tags = RawDecoded() }
      if !selectors.isEmpty { selectors = RawDecoded() }
    }
  }
}

extension Slice<UnsafeBufferPointer<UInt8>> {
  /// Lines with their breaks.
  var lines: [Range<Int>] { pieces { self[$0] == 0x0A } }
  /// Words with the blanks that follow each.
  var words: [Range<Int>] {
    pieces { self[$0] <= 0x20 || ($0 + 1 < endIndex && self[$0 + 1] <= 0x20) }
  }

  private func pieces(endingAt isEnd: (Int) -> Bool) -> [Range<Int>] {
    var pieces: [Range<Int>] = []
    var start = startIndex
    for index in indices where isEnd(index) {
      pieces.append(start..<index + 1)
      start = index + 1
    }
    if start < endIndex { pieces.append(start..<endIndex) }
    return pieces
  }
}
