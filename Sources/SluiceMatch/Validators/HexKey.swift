import SluiceCore

/// Keys in hexadecimal of a given length, not all of one digit.
enum HexKey {
  /// The argument is in bytes of key.
  static let validator = Validator("hex-key", argument: 4...512) { bytes, length in
    var digits = bytes[...]
    if digits.count > 2, digits[0] == UInt8(ascii: "0"), digits[1] | 0x20 == UInt8(ascii: "x") {
      digits = digits.dropFirst(2)
    }
    guard digits.count == Int(length) * 2 else { return false }
    return digits.allSatisfy { Hex.digit($0) != nil } && Set(digits).count >= 4
  }
}
