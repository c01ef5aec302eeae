/// Tells two passes over a file apart. Keyed anew in every process, so that nobody can prepare two
/// contents that look the same; it is no digest and is never recorded.
struct BlockChecksum: Equatable {
  private static let key = UInt64.random(in: .min ... .max) | 1
  private var state: UInt64 = 0

  mutating func add(_ bytes: UnsafeRawBufferPointer) {
    var state = self.state ^ UInt64(truncatingIfNeeded: bytes.count)
    var index = 0
    while index + 8 <= bytes.count {
      let word = bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      let product = (state ^ word).multipliedFullWidth(by: Self.key)
      state = product.high ^ product.low &+ 0x9E37_79B9_7F4A_7C15
      index &+= 8
    }
    while index < bytes.count {
      state = (state ^ UInt64(bytes[index])) &* Self.key
      state ^= state >> 29
      index &+= 1
    }
    self.state = state
  }
}
