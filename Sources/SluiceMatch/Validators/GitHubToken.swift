/// Tokens of GitHub with a checksum: the last six characters are CRC-32 of the random part in
/// Base62. Source: GitHub, "Behind GitHub's new authentication token formats" (2021).
enum GitHubToken {
  static let validator = Validator("github-crc32") { bytes, _ in
    guard let start = bytes.firstIndex(of: UInt8(ascii: "_")) else { return false }
    let body = bytes[(start + 1)...]
    guard body.count == 36 else { return false }
    return encode(crc32(body.dropLast(6))).elementsEqual(body.suffix(6))
  }

  private static let alphabet = Array(
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)

  private static func encode(_ value: UInt32) -> [UInt8] {
    var value = Int(value)
    var digits = [UInt8](repeating: alphabet[0], count: 6)
    for index in digits.indices.reversed() {
      digits[index] = alphabet[value % 62]
      value /= 62
    }
    return digits
  }

  /// CRC-32 as in ISO 3309, reflected, polynomial 0xEDB88320.
  static func crc32(_ bytes: some Sequence<UInt8>) -> UInt32 {
    var crc = ~UInt32(0)
    for byte in bytes {
      crc ^= UInt32(byte)
      for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
    }
    return ~crc
  }
}
