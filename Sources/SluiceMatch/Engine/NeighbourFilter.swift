/// Which words ask for which others near them: a bit for each pair of a word's number and both tags of
/// a word that some use of it asks for. Bits can be set by chance.
struct NeighbourFilter: Sendable {
  private(set) var bits: [UInt64]
  private(set) var shift: UInt64

  init(_ pairs: Set<UInt64> = []) {
    // One bit in sixteen at most is set.
    let size = max(10, Int.bitWidth - (pairs.count * 16).leadingZeroBitCount)
    shift = UInt64(64 - size)
    bits = Array(repeating: 0, count: 1 << (size - 6))
    for pair in pairs {
      let place = Self.place(pair, shift: shift)
      bits[place >> 6] |= 1 << UInt64(place & 63)
    }
  }

  /// What was made before; where it cannot have been, a filter of nothing.
  init(bits: [UInt64]) {
    self.init()
    guard bits.count >= 16, bits.count & (bits.count - 1) == 0 else { return }
    self.bits = bits
    shift = UInt64(64 - 6 - bits.count.trailingZeroBitCount)
  }

  static func pair(_ word: Int, _ tags: UInt16) -> UInt64 { UInt64(word) << 16 | UInt64(tags) }

  @inline(__always)
  static func place(_ pair: UInt64, shift: UInt64) -> Int {
    Int(truncatingIfNeeded: (pair &* 0x9E37_79B9_7F4A_7C15) >> shift)
  }
}
