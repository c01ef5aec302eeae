import SluiceCore

/// UUIDs (RFC 9562): the groups, a known version and the standard's variant.
enum UUIDShape {
  static let validator = Validator("uuid") { bytes, _ in
    guard bytes.count == 36 else { return false }
    for (index, byte) in bytes.enumerated() {
      let isHyphen = [8, 13, 18, 23].contains(index)
      if isHyphen != (byte == UInt8(ascii: "-")) { return false }
      if !isHyphen, Hex.digit(byte) == nil { return false }
    }
    return (UInt8(ascii: "1")...UInt8(ascii: "8")).contains(bytes[14])
      && Array("89abAB".utf8).contains(bytes[19])
  }
}
