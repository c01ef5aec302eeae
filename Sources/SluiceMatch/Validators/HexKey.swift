/// Keys in hexadecimal of a given length, not all of one digit.
enum HexKey {
  /// The argument is in bytes of key.
  static let validator = Validator("hex-key", argument: 4...512) { bytes, length in
    var digits = bytes[...]
    if digits.count > 2, digits[0] == UInt8(ascii: "0"), digits[1] | 0x20 == UInt8(ascii: "x") {
      digits = digits.dropFirst(2)
    }
    guard digits.count == Int(length) * 2 else { return false }
    let isHex = digits.allSatisfy { byte in
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte | 0x20)
    }
    return isHex && Set(digits).count >= 4
  }
}
