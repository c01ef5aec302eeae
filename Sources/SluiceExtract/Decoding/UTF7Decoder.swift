/// UTF-7 (RFC 2152): `+` begins UTF-16 in Base64, which ends at any other character.
struct UTF7Decoder: Decoder {
  /// Bits of Base64 that do not yet make a code unit, and how many.
  private var bits: UInt32 = 0
  private var width = 0
  private var high: UInt32?
  private var inBase64 = false
  /// Where the code unit that is being gathered began.
  private var unitOrigin = 0

  mutating func decode(
    _ input: UnsafeBufferPointer<UInt8>, at origin: Int, final: Bool, into text: TextBuilder
  ) -> Int {
    var index = 0
    while index < input.count {
      let byte = input[index]
      let place = origin + index
      if inBase64 {
        if let sextet = Self.sextet(byte) {
          gather(sextet, at: place, into: text)
        } else {
          leave(at: place, into: text)
          if byte != UInt8(ascii: "-") { plain(byte, at: place, into: text) }
        }
      } else if byte == UInt8(ascii: "+") {
        if index + 1 == input.count, !final { return index }
        if index + 1 < input.count, input[index + 1] == UInt8(ascii: "-") {
          text.append(UInt32(byte), at: place, length: 2)
          index += 1
        } else {
          (inBase64, bits, width, high, unitOrigin) = (true, 0, 0, nil, place)
        }
      } else {
        plain(byte, at: place, into: text)
      }
      index += 1
    }
    if final, inBase64 { leave(at: origin + index, into: text) }
    return index
  }

  private func plain(_ byte: UInt8, at place: Int, into text: TextBuilder) {
    text.append(byte < 0x80 ? UInt32(byte) : 0xFFFD, at: place, length: 1)
  }

  private mutating func gather(_ sextet: UInt8, at place: Int, into text: TextBuilder) {
    bits = bits << 6 | UInt32(sextet)
    width += 6
    guard width >= 16 else { return }
    width -= 16
    let unit = bits >> UInt32(width) & 0xFFFF
    bits &= (1 << UInt32(width)) - 1
    if let first = high {
      high = nil
      if unit & 0xFC00 == 0xDC00 {
        let value = 0x10000 + (first - 0xD800) << 10 + (unit - 0xDC00)
        text.append(value, at: unitOrigin, length: place + 1 - unitOrigin)
        unitOrigin = place + 1
        return
      }
      text.appendReplacement(at: unitOrigin, length: 1)
      unitOrigin += 1
    }
    if unit & 0xFC00 == 0xD800 {
      high = unit
    } else {
      text.append(unit, at: unitOrigin, length: max(1, place + 1 - unitOrigin))
      unitOrigin = place + 1
    }
  }

  private mutating func leave(at place: Int, into text: TextBuilder) {
    if high != nil { text.appendReplacement(at: unitOrigin, length: max(1, place - unitOrigin)) }
    (inBase64, high, bits, width) = (false, nil, 0, 0)
  }

  private static func sextet(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte - UInt8(ascii: "A")
    case UInt8(ascii: "a")...UInt8(ascii: "z"): byte - UInt8(ascii: "a") + 26
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0") + 52
    case UInt8(ascii: "+"): 62
    case UInt8(ascii: "/"): 63
    default: nil
    }
  }
}
