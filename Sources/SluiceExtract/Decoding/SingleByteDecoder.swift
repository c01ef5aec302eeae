/// An 8-bit character set that holds ASCII in its lower half.
struct SingleByteDecoder: Decoder {
  let charset: SingleByteCharset

  mutating func decode(
    _ input: UnsafeBufferPointer<UInt8>, at origin: Int, final: Bool, into text: TextBuilder
  ) -> Int {
    guard let base = input.baseAddress else { return 0 }
    charset.upper.withUnsafeBufferPointer { upper in
      var index = 0
      while index < input.count {
        let byte = base[index]
        if byte >= 0x80 {
          text.append(UInt32(upper[Int(byte &- 0x80)]), at: origin &+ index, length: 1)
          index &+= 1
        } else {
          let end = input.endOfASCII(from: index)
          text.appendASCII(base + index, count: end - index, at: origin + index)
          index = end
        }
      }
    }
    return input.count
  }
}
