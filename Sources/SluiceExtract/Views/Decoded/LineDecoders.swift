import SluiceCore

/// Encodings of single characters amid text: percent encoding, quoted-printable, character
/// references of HTML, escapes of programming languages.
enum LineDecoders {
  typealias Block = UnsafeBufferPointer<UInt8>

  /// Decodes a stretch whole, what is not encoded as it stands.
  /// - Returns: nil if fewer than `least` characters are encoded.
  static func decode(_ kind: HiddenKind, _ block: Block, _ range: Range<Int>, least: Int)
    -> RawDecoded?
  {
    var raw = RawDecoded()
    var count = 0
    var index = range.lowerBound
    while index < range.upperBound {
      if let length = sequence(kind, block, index, range.upperBound, &raw) {
        count += 1
        index += length
      } else {
        let length = block.scalar(at: index).length
        raw.append(bytes: block[index..<index + length], from: index..<index + length)
        index += length
      }
    }
    return count >= least ? raw : nil
  }

  /// - Returns: the length of the encoded character at `index`, which was appended.
  private static func sequence(
    _ kind: HiddenKind, _ block: Block, _ index: Int, _ end: Int, _ raw: inout RawDecoded
  ) -> Int? {
    switch (kind, block[index]) {
    case (.percent, UInt8(ascii: "%")):
      guard let byte = byte(block, index + 1, end) else { return nil }
      raw.append(byte, from: index..<index + 3)
      return 3
    case (.quotedPrintable, UInt8(ascii: "=")):
      if let byte = byte(block, index + 1, end) {
        raw.append(byte, from: index..<index + 3)
        return 3
      }
      // A soft line break.
      var next = index + 1
      while next < end, block[next] == 0x20 || block[next] == 0x09 || block[next] == 0x0D {
        next += 1
      }
      return next < end && block[next] == 0x0A ? next + 1 - index : nil
    case (.entities, UInt8(ascii: "&")): return reference(block, index, end, &raw)
    case (.escapes, UInt8(ascii: "\\")), (.escapes, UInt8(ascii: "%")),
      (.escapes, UInt8(ascii: "U")):
      return escape(block, index, end, &raw)
    default: return nil
    }
  }

  private static func byte(_ block: Block, _ index: Int, _ end: Int) -> UInt8? {
    guard index + 2 <= end, let high = Hex.digit(block[index]),
      let low = Hex.digit(block[index + 1])
    else { return nil }
    return UInt8(high << 4 | low)
  }

  /// `&#101;`, `&#x65;` (also without the semicolon) and the names that stand for ASCII.
  private static func reference(
    _ block: Block, _ start: Int, _ end: Int, _ raw: inout RawDecoded
  ) -> Int? {
    var index = start + 1
    guard index < end else { return nil }
    if block[index] == UInt8(ascii: "#") {
      index += 1
      let isHex = index < end && block[index] | 0x20 == UInt8(ascii: "x")
      if isHex { index += 1 }
      var value: UInt32 = 0
      let first = index
      while index < end, index - first < 8, let digit = Hex.digit(block[index]),
        isHex || digit < 10
      {
        value = value &* (isHex ? 16 : 10) &+ UInt32(digit)
        index += 1
      }
      guard index > first, value < 0x110000 else { return nil }
      if index < end, block[index] == UInt8(ascii: ";") { index += 1 }
      raw.append(scalar: value, from: start..<index)
      return index - start
    }
    while index < end, index - start < 10, block[index].isASCIIWord { index += 1 }
    guard index < end, block[index] == UInt8(ascii: ";"),
      let value = names[String(decoding: block[start + 1..<index], as: UTF8.self)]
    else { return nil }
    raw.append(scalar: value, from: start..<index + 1)
    return index + 1 - start
  }

  /// `\u0065`, `\u{65}`, `\U00000065`, `\x65`, `\145`, `%u0065`, `U+0065`.
  private static func escape(
    _ block: Block, _ start: Int, _ end: Int, _ raw: inout RawDecoded
  ) -> Int? {
    guard start + 2 < end else { return nil }
    let isPercent = block[start] == UInt8(ascii: "%")
    let letter = block[start + 1]
    var digits: Int
    switch letter {
    case UInt8(ascii: "u"): digits = 4
    case UInt8(ascii: "U") where !isPercent: digits = 8
    case UInt8(ascii: "x") where !isPercent: digits = 2
    case UInt8(ascii: "+") where block[start] == UInt8(ascii: "U"): digits = 4
    case UInt8(ascii: "0")...UInt8(ascii: "3") where block[start] == UInt8(ascii: "\\"):
      guard let value = number(block, start + 1, 3, end, base: 8) else { return nil }
      raw.append(UInt8(truncatingIfNeeded: value), from: start..<start + 4)
      return 4
    default: return nil
    }
    if block[start] == UInt8(ascii: "U"), letter != UInt8(ascii: "+") { return nil }
    if letter == UInt8(ascii: "u") || letter == UInt8(ascii: "x"), block[start + 2] == 0x7B {
      var close = start + 3
      while close < end, close - start < 12, block[close] != 0x7D { close += 1 }
      guard close < end, block[close] == 0x7D,
        let value = number(block, start + 3, close - start - 3, end, base: 16)
      else { return nil }
      raw.append(scalar: value, from: start..<close + 1)
      return close + 1 - start
    }
    guard var value = number(block, start + 2, digits, end, base: 16) else { return nil }
    if digits == 2 {
      raw.append(UInt8(truncatingIfNeeded: value), from: start..<start + 4)
      return 4
    }
    // Two halves of a surrogate pair.
    if value & 0xFC00 == 0xD800, start + 12 <= end, block[start + 6] == block[start],
      block[start + 7] == letter, let low = number(block, start + 8, 4, end, base: 16),
      low & 0xFC00 == 0xDC00
    {
      value = 0x10000 + (value & 0x3FF) << 10 + low & 0x3FF
      digits = 10
    }
    raw.append(scalar: value, from: start..<start + 2 + digits)
    return 2 + digits
  }

  private static func number(_ block: Block, _ start: Int, _ count: Int, _ end: Int, base: Int)
    -> UInt32?
  {
    guard count > 0, start + count <= end else { return nil }
    var value: UInt32 = 0
    for index in start..<start + count {
      guard let digit = Hex.digit(block[index]), digit < base else { return nil }
      value = value &* UInt32(base) &+ UInt32(digit)
    }
    return value
  }

  private static let names: [String: UInt32] = [
    "amp": 0x26, "lt": 0x3C, "gt": 0x3E, "quot": 0x22, "apos": 0x27, "nbsp": 0xA0, "shy": 0xAD,
    "excl": 0x21, "num": 0x23, "dollar": 0x24, "percnt": 0x25, "ast": 0x2A, "plus": 0x2B,
    "comma": 0x2C, "period": 0x2E, "sol": 0x2F, "colon": 0x3A, "semi": 0x3B, "equals": 0x3D,
    "quest": 0x3F, "commat": 0x40, "lowbar": 0x5F, "Tab": 0x09, "NewLine": 0x0A, "zwnj": 0x200C,
    "zwj": 0x200D, "ensp": 0x2002, "emsp": 0x2003, "thinsp": 0x2009, "hyphen": 0x2010,
  ]
}
