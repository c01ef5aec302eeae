import SluiceCore

/// Encodings that take a run of text as a whole: Base64, hexadecimal, ASCII85, Morse code, binary
/// digits. Each reads from `start` of a block and gives what it made, if it can be a message.
enum RunDecoders {
  typealias Block = UnsafeBufferPointer<UInt8>
  /// Characters that a run must have to carry a message.
  static let shortest = 20

  // MARK: Base64 (RFC 4648, sections 4 and 5)

  /// The end of the run of Base64 that begins at `start`; lines of it may follow each other.
  /// - Returns: where it ends, and where it ended if its last line were none of it.
  static func endOfBase64(_ block: Block, from start: Int) -> (end: Int, before: Int) {
    var end = start
    var before = start
    while end < block.count {
      if base64[Int(block[end])] < 64 {
        end += 1
        continue
      }
      guard block[end] == 0x0A || block[end] == 0x0D, end - start >= shortest else { break }
      var next = end
      var lines = 0
      while next < block.count, block[next] <= 0x20 {
        if block[next] == 0x0A { lines += 1 }
        next += 1
      }
      var after = next
      while after < block.count, base64[Int(block[after])] < 64 { after += 1 }
      // A line of prose has blanks early on.
      guard next - end < 12, lines < 2, after - next > 15 || after - next > 1 && isEnd(block, after)
      else { break }
      (before, end) = (end, after)
    }
    return (end, before == start ? end : before)
  }

  private static func isEnd(_ block: Block, _ index: Int) -> Bool {
    index == block.count || block[index] == UInt8(ascii: "=") || block[index] <= 0x20
  }

  /// - Parameter skip: characters of the run that are left aside at its start.
  static func base64(_ block: Block, _ run: Range<Int>, skip: Int) -> RawDecoded {
    var raw = RawDecoded()
    var (value, bits, first) = (UInt32(0), 0, 0)
    var group: [UInt8] = []
    var skipped = 0
    for index in run {
      let digit = base64[Int(block[index])]
      if digit > 63 { continue }
      if skipped < skip {
        skipped += 1
        continue
      }
      if bits == 0, group.isEmpty { first = index }
      value = value << 6 | UInt32(digit)
      bits += 6
      if bits >= 8 {
        bits -= 8
        group.append(UInt8(truncatingIfNeeded: value >> UInt32(bits)))
      }
      if bits == 0 {
        raw.append(bytes: group, from: first..<index + 1)
        group.removeAll(keepingCapacity: true)
      }
    }
    raw.append(bytes: group, from: first..<max(first, run.upperBound))
    return raw
  }

  static let base64: [UInt8] = {
    var table = [UInt8](repeating: 255, count: 256)
    for (value, digit) in zip(
      0..., "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    {
      table[Int(digit)] = UInt8(value)
    }
    (table[Int(UInt8(ascii: "-"))], table[Int(UInt8(ascii: "_"))]) = (62, 63)
    return table
  }()

  // MARK: Hexadecimal and binary digits

  /// Bytes in digits of `base` 16 or 2, together or with the same one or two characters between.
  /// - Returns: also where the last line of them begins, if there are several.
  static func digits(_ block: Block, from start: Int, base: Int) -> (
    RawDecoded, end: Int, line: Int?
  ) {
    let width = base == 16 ? 2 : 8
    var raw = RawDecoded()
    var index = start
    var line: Int?
    var gap: ArraySlice<UInt8>?
    while index + width <= block.count {
      var value = 0
      var isByte = true
      for place in index..<index + width {
        guard let digit = Hex.digit(block[place]), digit < base else {
          isByte = false
          break
        }
        value = value * base + digit
      }
      guard isByte else { break }
      raw.append(UInt8(truncatingIfNeeded: value), from: index..<index + width)
      index += width
      var next = index
      while next < block.count, next - index < 6, isGap(block, next) { next += 1 }
      // `0x` before each.
      if next - index == 1, next < block.count, block[next - 1] == UInt8(ascii: "0") { break }
      let here = Array(block[index..<next])[...]
      let isBreak = here.allSatisfy { $0 <= 0x20 }
      if let gap, gap != here, !isBreak || here.count(where: { $0 == 0x0A }) > 1 { break }
      if !here.isEmpty, !isNumber(block, next, base: base) { break }
      if here.contains(0x0A) { line = index }
      // A line can end before the gap is known.
      if !here.contains(0x0A) { gap = gap ?? here }
      index = next
    }
    return (raw, max(index, start + 1), line)
  }

  /// Whether digits of `base` begin here that no other letter follows.
  private static func isNumber(_ block: Block, _ start: Int, base: Int) -> Bool {
    var index = start
    while index < block.count, let digit = Hex.digit(block[index]), digit < base {
      index += 1
    }
    guard index > start, index < block.count else { return index > start }
    // `41x42`: an `x` parts them.
    return !block[index].isASCIIWord || block[index] == UInt8(ascii: "x")
  }

  private static func isGap(_ block: Block, _ index: Int) -> Bool {
    switch block[index] {
    case 0x0A, 0x0D, 0x20, UInt8(ascii: ":"), UInt8(ascii: ","), UInt8(ascii: "-"),
      UInt8(ascii: "x"), UInt8(ascii: "\\"):
      true
    case UInt8(ascii: "0"): index + 1 < block.count && block[index + 1] == UInt8(ascii: "x")
    default: false
    }
  }

  // MARK: ASCII85, as PostScript and PDF have it

  static func ascii85(_ block: Block, _ run: Range<Int>) -> RawDecoded? {
    var raw = RawDecoded()
    var group: [UInt32] = []
    var first = run.lowerBound
    func close(at end: Int) -> Bool {
      let count = group.count
      guard count > 1 else { return count == 0 }
      var value: UInt64 = 0
      for digit in group + [UInt32](repeating: 84, count: 5 - count) {
        value = value * 85 + UInt64(digit)
      }
      guard value <= UInt64(UInt32.max) else { return false }
      let bytes = (0..<count - 1).map { UInt8(truncatingIfNeeded: value >> UInt64(24 - $0 * 8)) }
      raw.append(bytes: bytes, from: first..<end)
      group.removeAll(keepingCapacity: true)
      return true
    }
    for index in run {
      let byte = block[index]
      if byte <= 0x20 { continue }
      if group.isEmpty { first = index }
      if byte == UInt8(ascii: "z"), group.isEmpty {
        raw.append(bytes: [0, 0, 0, 0], from: index..<index + 1)
        continue
      }
      guard byte >= 0x21, byte <= 0x75 else { return nil }
      group.append(UInt32(byte) - 0x21)
      if group.count == 5, !close(at: index + 1) { return nil }
    }
    return close(at: run.upperBound) ? raw : nil
  }
}
