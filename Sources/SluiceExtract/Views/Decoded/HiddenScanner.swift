import SluiceCore

/// Looks through blocks of text for what is written in another way than it is read, and decodes it.
struct HiddenScanner {
  typealias Block = UnsafeBufferPointer<UInt8>

  var found: HiddenText
  let words = WordFilter.shared

  init(limit: Int) { found = HiddenText(limit: limit) }

  /// Characters of this kind that are worth a look, in one block.
  private static let least = 3

  private struct Sighting {
    var count = 0
    var ranges: [Range<Int>] = []

    /// Text around what was seen belongs to it.
    mutating func add(_ index: Int, _ end: Int) {
      count += 1
      let range = max(0, index - 256)..<min(end, index + 256)
      if let last = ranges.last, last.upperBound >= range.lowerBound {
        ranges[ranges.count - 1] = last.lowerBound..<range.upperBound
      } else {
        ranges.append(range)
      }
    }
  }

  /// - Parameter place: leads from a range of the block to where it stands.
  mutating func scan(_ block: Block, _ look: QuickLook, place: (Range<Int>) -> Range<Int>) {
    var sightings = [Sighting](repeating: Sighting(), count: 4)
    var index = 0
    // What begins at the end of a cell may not be flagged in it.
    for range in look.ranges(of: .hidden, reach: 64) {
      // From the blank before to the blank after.
      var (start, end) = (max(index, range.lowerBound), max(index, range.upperBound))
      while start > index, block[start - 1] > 0x20 { start -= 1 }
      while end < block.count, block[end] > 0x20 { end += 1 }
      index = scan(block, start..<end, &sightings, place)
    }
    for (kind, sighting) in zip(
      [HiddenKind.percent, .quotedPrintable, .entities, .escapes], sightings)
    where sighting.count >= Self.least {
      for range in sighting.ranges { line(kind, block, range, place) }
    }
  }

  /// - Returns: up to where it was looked.
  private mutating func scan(
    _ block: Block, _ range: Range<Int>, _ sightings: inout [Sighting],
    _ place: (Range<Int>) -> Range<Int>
  ) -> Int {
    var index = range.lowerBound
    var word = index
    var signs = 0
    while index < range.upperBound {
      let byte = block[index]
      if RunDecoders.base64[Int(byte)] < 64 {
        let end = run(block, from: index, place)
        index = end
        continue
      }
      switch byte {
      case 0x09...0x0D, 0x20:
        if index - word >= 25, signs * 8 >= index - word { ascii85(block, word..<index, place) }
        (word, signs) = (index + 1, 0)
      case UInt8(ascii: "%"):
        if isHex(block, index + 1) { sightings[0].add(index, block.count) }
        if index + 1 < block.count, block[index + 1] == UInt8(ascii: "u") {
          sightings[3].add(index, block.count)
        }
      case UInt8(ascii: "="):
        if isHex(block, index + 1) || isSoftBreak(block, index) {
          sightings[1].add(index, block.count)
        }
      case UInt8(ascii: "&"):
        if index + 1 < block.count, block[index + 1] == 0x23 || block[index + 1].isASCIILetter {
          sightings[2].add(index, block.count)
        }
      case UInt8(ascii: "\\"):
        if index + 1 < block.count,
          block[index + 1] | 0x20 == UInt8(ascii: "u")
            || block[index + 1] == UInt8(ascii: "x") || block[index + 1] &- 0x30 < 4
        {
          sightings[3].add(index, block.count)
        }
      case UInt8(ascii: "+"):
        if index > 0, block[index - 1] == UInt8(ascii: "U") { sightings[3].add(index, block.count) }
      case UInt8(ascii: "."), 0xC2, 0xE2: index = morse(block, from: index, place) - 1
      default: break
      }
      if byte > 0x20 { signs += 1 }
      index += 1
    }
    if index - word >= 25, signs * 8 >= index - word { ascii85(block, word..<index, place) }
    return index
  }

  /// A run of characters that Base64 uses: words, numbers, or something encoded.
  /// - Returns: where to go on.
  private mutating func run(_ block: Block, from start: Int, _ place: (Range<Int>) -> Range<Int>)
    -> Int
  {
    if block[start] == UInt8(ascii: "-") || block[start] == UInt8(ascii: "_") {
      let end = morse(block, from: start, place)
      if end > start + 1 { return end }
    }
    var end = start
    var isDigits = true
    while end < block.count, RunDecoders.base64[Int(block[end])] < 64 {
      if isDigits, Hex.digit(block[end]) == nil { isDigits = false }
      end += 1
    }
    if isDigits || block[start] == UInt8(ascii: "0"), let next = digits(block, start..<end, place) {
      return next
    }
    guard end - start >= RunDecoders.shortest else { return end }
    let (stop, before) = RunDecoders.endOfBase64(block, from: start)
    for skip in 0..<(end - start >= 32 ? 4 : 1) {
      // The beginning tells whether it is worth the rest.
      let trial = RunDecoders.base64(block, start..<min(before, start + 64), skip: skip)
      guard take(trial, .base64, place, isTrial: true) else { continue }
      // A short last line can be a word that only looks like one of it.
      for last in before < stop ? [stop, before] : [stop] {
        let whole = RunDecoders.base64(block, start..<last, skip: skip)
        if take(whole, .base64, place, isTrial: false) { return max(last, end) }
      }
      break
    }
    return max(stop, end)
  }

  /// Hexadecimal digits, or binary ones, together or apart.
  private mutating func digits(
    _ block: Block, _ token: Range<Int>, _ place: (Range<Int>) -> Range<Int>
  ) -> Int? {
    let isPrefixed =
      token.count >= 4 && block[token.lowerBound] == 0x30
      && block[token.lowerBound + 1] == UInt8(ascii: "x")
    let start = token.lowerBound + (isPrefixed ? 2 : 0)
    let isBinary = token.count % 8 == 0 && token.allSatisfy { block[$0] | 1 == 0x31 }
    guard isPrefixed || isBinary || token.count == 2 || token.count >= 2 * 10 else { return nil }
    func take(_ block: Block) -> (end: Int?, line: Int?) {
      let (raw, end, line) = RunDecoders.digits(block, from: start, base: isBinary ? 2 : 16)
      guard raw.count >= (isBinary ? 6 : 10), end >= token.upperBound else { return (nil, nil) }
      let isTaken = self.take(raw, isBinary ? .binary : .hexadecimal, place, isTrial: false)
      return (isTaken ? end : nil, line)
    }
    let (end, line) = take(block)
    // A last line can be a word that only looks like digits.
    guard end == nil, let line else { return end }
    return take(Block(rebasing: block[..<line])).end
  }

  private mutating func morse(
    _ block: Block, from start: Int, _ place: (Range<Int>) -> Range<Int>
  ) -> Int {
    let (raw, end) = MorseDecoder.decode(block, from: start)
    if raw.count >= MorseDecoder.shortest, Set(raw.bytes).count > 3 {
      found.add(raw, .morse, charset: .utf8, place: place)
    }
    return end
  }

  private mutating func ascii85(
    _ block: Block, _ range: Range<Int>, _ place: (Range<Int>) -> Range<Int>
  ) {
    var range = range
    if block[range].starts(with: "<~".utf8) { range = range.lowerBound + 2..<range.upperBound }
    if block[range].suffix(2).elementsEqual("~>".utf8) {
      range = range.lowerBound..<range.upperBound - 2
    }
    guard let raw = RunDecoders.ascii85(block, range), raw.count > 15 else { return }
    _ = take(raw, .ascii85, place, isTrial: false)
  }

  private mutating func line(
    _ kind: HiddenKind, _ block: Block, _ range: Range<Int>, _ place: (Range<Int>) -> Range<Int>
  ) {
    let range = block.wholeCharacters(range)
    guard let raw = LineDecoders.decode(kind, block, range, least: 1) else { return }
    guard let charset = raw.charset ?? (UTF8Check.isValid(raw.bytes) ? .utf8 : nil) else { return }
    found.add(raw, kind, charset: charset, place: place)
  }

  /// Takes what was decoded, if it is text or a file of a known type.
  private mutating func take(
    _ raw: RawDecoded, _ kind: HiddenKind, _ place: (Range<Int>) -> Range<Int>, isTrial: Bool
  ) -> Bool {
    guard !raw.isEmpty else { return false }
    var text = raw
    var charset = raw.charset
    if charset == nil {
      text.trim()
      charset = text.isEmpty ? nil : text.charset
    }
    if let charset {
      if !isTrial { found.add(text, kind, charset: charset, place: place) }
      return true
    }
    if raw.count > 31, let type = raw.bytes.withUnsafeBufferPointer({ Sniffer.type(of: $0) }),
      type.gap != nil
    {
      found.note(type, kind, at: place(raw.units[0].source).lowerBound)
    }
    return false
  }

  private func isHex(_ block: Block, _ index: Int) -> Bool {
    index + 1 < block.count && Hex.digit(block[index]) != nil
      && Hex.digit(block[index + 1]) != nil
  }

  private func isSoftBreak(_ block: Block, _ index: Int) -> Bool {
    index + 1 < block.count && (block[index + 1] == 0x0A || block[index + 1] == 0x0D)
  }
}

extension UTF8Check {
  static func isValid(_ bytes: [UInt8]) -> Bool { bytes.withUnsafeBytes { isValid($0) } }
}

extension UnsafeBufferPointer<UInt8> {
  /// A range that cuts no character.
  func wholeCharacters(_ range: Range<Int>) -> Range<Int> {
    var (lower, upper) = (range.lowerBound, range.upperBound)
    while lower > 0, lower < count, self[lower] & 0xC0 == 0x80 { lower -= 1 }
    while upper < count, self[upper] & 0xC0 == 0x80 { upper += 1 }
    return lower..<upper
  }
}
