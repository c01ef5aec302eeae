/// Ethereum addresses whose capitals carry the checksum of EIP-55. One written in a single case
/// carries none and proves nothing.
enum EIP55 {
  static let validator = Validator("eip55") { bytes, _ in
    guard bytes.count == 42, bytes[0] == UInt8(ascii: "0"), bytes[1] | 0x20 == UInt8(ascii: "x")
    else { return false }
    let digits = Array(bytes[2...])
    let lower = digits.map { isCapital($0) ? $0 | 0x20 : $0 }
    guard
      lower.allSatisfy({ isLetter($0) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
      digits.contains(where: isCapital), digits.contains(where: isLetter)
    else { return false }
    let hash = Keccak.keccak256(lower)
    return digits.indices.allSatisfy { index in
      guard isLetter(lower[index]) else { return true }
      let nibble = index % 2 == 0 ? hash[index / 2] >> 4 : hash[index / 2] & 15
      return isCapital(digits[index]) == (nibble >= 8)
    }
  }

  private static func isCapital(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "A")...UInt8(ascii: "F")).contains(byte)
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
  }
}
