/// ISO-2022-JP (RFC 1468): escapes switch between ASCII, JIS X 0208 and half-width katakana.
struct ISO2022JPDecoder: Decoder {
  private enum Mode { case ascii, kanji, katakana }
  private var mode = Mode.ascii

  mutating func decode(
    _ input: UnsafeBufferPointer<UInt8>, at origin: Int, final: Bool, into text: TextBuilder
  ) -> Int {
    var index = 0
    while index < input.count {
      let byte = input[index]
      let place = origin + index
      if byte == 0x1B {
        if index + 3 > input.count, !final { return index }
        let next = index + 3 <= input.count ? (input[index + 1], input[index + 2]) : (0, 0)
        if let mode = Self.mode(next) {
          self.mode = mode
          index += 3
          continue
        }
      } else if mode == .kanji, (0x21...0x7E).contains(byte) {
        if index + 2 > input.count, !final { return index }
        if index + 2 <= input.count, (0x21...0x7E).contains(input[index + 1]) {
          let value = DoubleByteCharset.jis0208(row: byte - 0x21, cell: input[index + 1] - 0x21)
          text.append(value ?? 0xFFFD, at: place, length: 2)
          index += 2
          continue
        }
      } else if mode == .katakana, (0x21...0x5F).contains(byte) {
        text.append(0xFF61 + UInt32(byte - 0x21), at: place, length: 1)
        index += 1
        continue
      }
      if byte == 0x0A { mode = .ascii }
      text.append(byte < 0x80 ? UInt32(byte) : 0xFFFD, at: place, length: 1)
      index += 1
    }
    return index
  }

  private static func mode(_ escape: (UInt8, UInt8)) -> Mode? {
    switch escape {
    case (UInt8(ascii: "$"), UInt8(ascii: "B")), (UInt8(ascii: "$"), UInt8(ascii: "@")): .kanji
    case (UInt8(ascii: "("), UInt8(ascii: "I")): .katakana
    case (UInt8(ascii: "("), UInt8(ascii: "B")), (UInt8(ascii: "("), UInt8(ascii: "J")): .ascii
    default: nil
    }
  }
}
