/// The Keccak sponge with a 256-bit output (FIPS 202; Ethereum and Monero use the padding from
/// before the standard). swift-crypto offers neither on this system.
enum Keccak {
  static func keccak256(_ bytes: some Collection<UInt8>) -> [UInt8] { hash(bytes, padding: 0x01) }
  static func sha3(_ bytes: some Collection<UInt8>) -> [UInt8] { hash(bytes, padding: 0x06) }

  private static let rate = 136

  private static func hash(_ bytes: some Collection<UInt8>, padding: UInt8) -> [UInt8] {
    var state = [UInt64](repeating: 0, count: 25)
    var block: [UInt8] = []
    func absorb() {
      for lane in 0..<rate / 8 {
        state[lane] ^= (0..<8).reduce(UInt64(0)) { $0 | UInt64(block[lane * 8 + $1]) << ($1 * 8) }
      }
      permute(&state)
      block.removeAll(keepingCapacity: true)
    }
    for byte in bytes {
      block.append(byte)
      if block.count == rate { absorb() }
    }
    block.append(padding)
    block.append(contentsOf: repeatElement(0, count: rate - block.count))
    block[rate - 1] |= 0x80
    absorb()
    return (0..<32).map { UInt8(truncatingIfNeeded: state[$0 / 8] >> ($0 % 8 * 8)) }
  }

  private static func permute(_ state: inout [UInt64]) {
    for constant in roundConstants {
      var column = [UInt64](repeating: 0, count: 5)
      for x in 0..<5 {
        column[x] = state[x] ^ state[x + 5] ^ state[x + 10] ^ state[x + 15] ^ state[x + 20]
      }
      for x in 0..<5 {
        let change = column[(x + 4) % 5] ^ rotate(column[(x + 1) % 5], 1)
        for y in stride(from: 0, to: 25, by: 5) { state[x + y] ^= change }
      }
      var moved = [UInt64](repeating: 0, count: 25)
      for x in 0..<5 {
        for y in 0..<5 {
          moved[y + (2 * x + 3 * y) % 5 * 5] = rotate(state[x + 5 * y], rotations[x + 5 * y])
        }
      }
      for y in stride(from: 0, to: 25, by: 5) {
        for x in 0..<5 {
          state[y + x] = moved[y + x] ^ (~moved[y + (x + 1) % 5] & moved[y + (x + 2) % 5])
        }
      }
      state[0] ^= constant
    }
  }

  private static func rotate(_ value: UInt64, _ count: Int) -> UInt64 {
    count == 0 ? value : value << UInt64(count) | value >> UInt64(64 - count)
  }

  private static let rotations = [
    0, 1, 62, 28, 27, 36, 44, 6, 55, 20, 3, 10, 43, 25, 39, 41, 45, 15, 21, 8, 18, 2, 61, 56, 14,
  ]

  private static let roundConstants: [UInt64] = [
    0x0000_0000_0000_0001, 0x0000_0000_0000_8082, 0x8000_0000_0000_808A, 0x8000_0000_8000_8000,
    0x0000_0000_0000_808B, 0x0000_0000_8000_0001, 0x8000_0000_8000_8081, 0x8000_0000_0000_8009,
    0x0000_0000_0000_008A, 0x0000_0000_0000_0088, 0x0000_0000_8000_8009, 0x0000_0000_8000_000A,
    0x0000_0000_8000_808B, 0x8000_0000_0000_008B, 0x8000_0000_0000_8089, 0x8000_0000_0000_8003,
    0x8000_0000_0000_8002, 0x8000_0000_0000_0080, 0x0000_0000_0000_800A, 0x8000_0000_8000_000A,
    0x8000_0000_8000_8081, 0x8000_0000_0000_8080, 0x0000_0000_8000_0001, 0x8000_0000_8000_8008,
  ]
}
