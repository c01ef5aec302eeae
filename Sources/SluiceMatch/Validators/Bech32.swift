/// Bech32 (BIP-173) and Bech32m (BIP-350). For Bitcoin's own prefixes the witness version decides
/// which of the two it must be, and how long the program is.
enum Bech32 {
  static let validator = Validator("bech32") { bytes, _ in
    guard (8...90).contains(bytes.count), let split = bytes.lastIndex(of: UInt8(ascii: "1")),
      split >= 1, bytes.count - split > 6
    else { return false }
    let hasLower = bytes.contains { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }
    let hasUpper = bytes.contains { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
    guard !(hasLower && hasUpper) else { return false }
    let prefix = bytes[..<split].map { lowered($0) }
    guard prefix.allSatisfy({ (33...126).contains($0) }) else { return false }
    var data: [UInt8] = []
    for byte in bytes[(split + 1)...] {
      guard let value = alphabet.firstIndex(of: lowered(byte)) else { return false }
      data.append(UInt8(value))
    }
    let constant = polymod(prefix.map { $0 >> 5 } + [0] + prefix.map { $0 & 31 } + data)
    guard constant == original || constant == modified else { return false }
    let program = data.dropLast(6)
    guard [Array("bc".utf8), Array("tb".utf8), Array("bcrt".utf8)].contains(prefix) else {
      return true
    }
    return isWitness(program, constant)
  }

  private static let alphabet = Array("qpzry9x8gf2tvdw0s3jn54khce6mua7l".utf8)
  private static let original: UInt32 = 1
  private static let modified: UInt32 = 0x2BC8_30A3

  private static func isWitness(_ data: ArraySlice<UInt8>, _ constant: UInt32) -> Bool {
    guard let version = data.first, version <= 16 else { return false }
    let bytes = (data.count - 1) * 5 / 8
    guard (2...40).contains(bytes), (data.count - 1) * 5 % 8 < 5 else { return false }
    return version == 0
      ? constant == original && (bytes == 20 || bytes == 32) : constant == modified
  }

  private static func polymod(_ values: [UInt8]) -> UInt32 {
    let generator: [UInt32] = [0x3B6A_57B2, 0x2650_8E6D, 0x1EA1_19FA, 0x3D42_33DD, 0x2A14_62B3]
    return values.reduce(1) { sum, value in
      let top = sum >> 25
      let next = (sum & 0x1FF_FFFF) << 5 ^ UInt32(value)
      return generator.enumerated().reduce(next) { $1.offset.isSet(in: top) ? $0 ^ $1.element : $0 }
    }
  }

  private static func lowered(_ byte: UInt8) -> UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
  }
}

extension Int {
  fileprivate func isSet(in value: UInt32) -> Bool { value >> UInt32(self) & 1 == 1 }
}
