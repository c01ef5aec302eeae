/// Names of Tor's hidden services, version 3: Base32 of a key, two bytes of SHA3-256 and the
/// version. Source: Tor, rend-spec-v3, section 6.
enum Onion {
  static let validator = Validator("onion") { bytes, _ in
    let name = bytes.prefix { $0 != UInt8(ascii: ".") }
    guard name.count == 56, let decoded = base32(name), decoded.count == 35, decoded[34] == 3
    else { return false }
    let hash = Keccak.sha3(Array(".onion checksum".utf8) + decoded[..<32] + [3])
    return hash[0] == decoded[32] && hash[1] == decoded[33]
  }

  private static func base32(_ text: Slice<UnsafeRawBufferPointer>) -> [UInt8]? {
    var bytes: [UInt8] = []
    var buffer: UInt32 = 0
    var bits = 0
    for byte in text {
      let value: UInt8
      switch byte | 0x20 {
      case UInt8(ascii: "a")...UInt8(ascii: "z"): value = (byte | 0x20) - UInt8(ascii: "a")
      default:
        guard (UInt8(ascii: "2")...UInt8(ascii: "7")).contains(byte) else { return nil }
        value = byte - UInt8(ascii: "2") + 26
      }
      buffer = (buffer << 5 | UInt32(value)) & 0xFFFF
      bits += 5
      if bits >= 8 {
        bits -= 8
        bytes.append(UInt8(buffer >> UInt32(bits) & 0xFF))
      }
    }
    return bytes
  }
}
