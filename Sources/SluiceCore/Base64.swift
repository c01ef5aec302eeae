/// The standard Base 64 of RFC 4648, section 4, with padding.
package enum Base64 {
  private static let digits = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  package static func encode(_ bytes: some Collection<UInt8>) -> String {
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count + 2) / 3 * 4)
    var bits = 0
    var value: UInt32 = 0
    for byte in bytes {
      value = value << 8 | UInt32(byte)
      bits += 8
      while bits >= 6 {
        bits -= 6
        text.append(digits[Int(value >> UInt32(bits)) & 63])
      }
    }
    if bits > 0 { text.append(digits[Int(value << UInt32(6 - bits)) & 63]) }
    while text.count % 4 != 0 { text.append(UInt8(ascii: "=")) }
    return String(decoding: text, as: UTF8.self)
  }

  /// - Returns: nil for any character that is not of the alphabet, for missing or wrong padding, and
  ///   for bits that are set beyond the last byte.
  package static func decode(_ text: some StringProtocol) -> [UInt8]? {
    let units = Array(text.utf8)
    guard units.count % 4 == 0 else { return nil }
    var padding = 0
    if units.last == UInt8(ascii: "=") { padding = units.dropLast().last == 61 ? 2 : 1 }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(units.count / 4 * 3)
    var bits = 0
    var value: UInt32 = 0
    for unit in units.dropLast(padding) {
      guard let digit = self.value(of: unit) else { return nil }
      value = value << 6 | digit
      bits += 6
      if bits >= 8 {
        bits -= 8
        bytes.append(UInt8(truncatingIfNeeded: value >> UInt32(bits)))
      }
    }
    guard value & (1 << UInt32(bits) - 1) == 0 else { return nil }
    return bytes
  }

  private static func value(of unit: UInt8) -> UInt32? {
    switch unit {
    case 65...90: UInt32(unit) - 65
    case 97...122: UInt32(unit) - 71
    case 48...57: UInt32(unit) + 4
    case 43: 62
    case 47: 63
    default: nil
    }
  }
}
