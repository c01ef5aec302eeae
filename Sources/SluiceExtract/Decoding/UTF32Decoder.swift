/// UTF-32 in either order; what is no scalar is replaced.
struct UTF32Decoder: Decoder {
  var bigEndian: Bool

  mutating func decode(
    _ input: UnsafeBufferPointer<UInt8>, at origin: Int, final: Bool, into text: TextBuilder
  ) -> Int {
    var index = 0
    while index + 4 <= input.count {
      text.append(input.word(at: index, bigEndian: bigEndian), at: origin + index, length: 4)
      index += 4
    }
    if final, index < input.count {
      text.appendReplacement(at: origin + index, length: input.count - index)
      index = input.count
    }
    return index
  }
}

extension UnsafeBufferPointer<UInt8> {
  @inline(__always)
  func word(at index: Int, bigEndian: Bool) -> UInt32 {
    let first = UInt32(unit(at: index, bigEndian: bigEndian))
    let second = UInt32(unit(at: index &+ 2, bigEndian: bigEndian))
    return bigEndian ? first << 16 | second : second << 16 | first
  }
}
