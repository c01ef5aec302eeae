/// UTF-16 in either order; half a surrogate pair and a lone last byte are replaced.
struct UTF16Decoder: Decoder {
  var bigEndian: Bool

  mutating func decode(
    _ input: UnsafeBufferPointer<UInt8>, at origin: Int, final: Bool, into text: TextBuilder
  ) -> Int {
    var index = 0
    while index + 2 <= input.count {
      let unit = input.unit(at: index, bigEndian: bigEndian)
      guard unit & 0xF800 == 0xD800 else {
        text.append(UInt32(unit), at: origin + index, length: 2)
        index += 2
        continue
      }
      if unit < 0xDC00 {
        if index + 4 > input.count, !final { return index }
        if index + 4 <= input.count {
          let low = input.unit(at: index + 2, bigEndian: bigEndian)
          if low & 0xFC00 == 0xDC00 {
            let value = 0x10000 + (UInt32(unit) - 0xD800) << 10 + (UInt32(low) - 0xDC00)
            text.append(value, at: origin + index, length: 4)
            index += 4
            continue
          }
        }
      }
      text.appendReplacement(at: origin + index, length: 2)
      index += 2
    }
    if final, index < input.count {
      text.appendReplacement(at: origin + index, length: 1)
      index += 1
    }
    return index
  }
}

extension UnsafeBufferPointer<UInt8> {
  @inline(__always)
  func unit(at index: Int, bigEndian: Bool) -> UInt16 {
    let (first, second) = (UInt16(self[index]), UInt16(self[index &+ 1]))
    return bigEndian ? first << 8 | second : second << 8 | first
  }
}
