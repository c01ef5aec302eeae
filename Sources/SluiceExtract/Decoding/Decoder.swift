/// Turns bytes into text, a block at a time.
protocol Decoder {
  /// Decodes `input`, whose first byte stands at `origin` of the item, into `text`.
  ///
  /// A character that is cut off at the end of the input is left for the next call, which begins
  /// with it; with `final` there is no next call, and it is replaced. Bytes that stand for nothing
  /// become U+FFFD: no byte is skipped without a trace.
  /// - Returns: how many bytes were used; at most `longestRest` are left unless nothing fits.
  mutating func decode(
    _ input: UnsafeBufferPointer<UInt8>, at origin: Int, final: Bool, into text: TextBuilder
  ) -> Int
}

/// Most bytes that any decoder leaves at the end of a block.
let longestRest = 256

extension UnsafeBufferPointer<UInt8> {
  /// The first index from `start` on whose byte is not ASCII; `count` if there is none.
  func endOfASCII(from start: Int) -> Int {
    guard let base = baseAddress else { return start }
    let raw = UnsafeRawPointer(base)
    var index = start
    while index + 8 <= count {
      let word = raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      if word & 0x8080_8080_8080_8080 != 0 { break }
      index &+= 8
    }
    while index < count, base[index] < 0x80 { index &+= 1 }
    return index
  }

  /// The first index from `start` on whose byte is not 0; `count` if there is none.
  func endOfZeros(from start: Int) -> Int {
    guard let base = baseAddress else { return start }
    let raw = UnsafeRawPointer(base)
    var index = start
    while index + 8 <= count, raw.loadUnaligned(fromByteOffset: index, as: UInt64.self) == 0 {
      index &+= 8
    }
    while index < count, base[index] == 0 { index &+= 1 }
    return index
  }
}
