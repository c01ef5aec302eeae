import SluiceCore

/// JSON Web Tokens (RFC 7519): a header and claims that decode to JSON objects, the header naming
/// its algorithm.
enum WebToken {
  static let validator = Validator("jwt") { bytes, _ in
    let parts = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard parts.count == 3, let header = object(parts[0]), object(parts[1]) != nil,
      case .string(let algorithm)? = header["alg"]
    else { return false }
    return algorithm == "none" || parts[2].count >= 20
  }

  private static func object(_ part: Slice<UnsafeRawBufferPointer>) -> JSON? {
    guard let bytes = base64URL(part), let value = JSON(match: bytes), case .object = value
    else { return nil }
    return value
  }

  private static func base64URL(_ part: Slice<UnsafeRawBufferPointer>) -> [UInt8]? {
    guard !part.isEmpty, part.count % 4 != 1 else { return nil }
    var bytes: [UInt8] = []
    var buffer: UInt32 = 0
    var bits = 0
    for byte in part {
      let value: UInt8
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): value = byte - UInt8(ascii: "A")
      case UInt8(ascii: "a")...UInt8(ascii: "z"): value = byte - UInt8(ascii: "a") + 26
      case UInt8(ascii: "0")...UInt8(ascii: "9"): value = byte - UInt8(ascii: "0") + 52
      case UInt8(ascii: "-"): value = 62
      case UInt8(ascii: "_"): value = 63
      default: return nil
      }
      buffer = (buffer << 6 | UInt32(value)) & 0xFF_FFFF
      bits += 6
      if bits >= 8 {
        bits -= 8
        bytes.append(UInt8(buffer >> UInt32(bits) & 0xFF))
      }
    }
    return bytes
  }
}

extension JSON {
  /// What a match holds, where it is JSON at all; for shapes, where the fault does not matter.
  init?(match bytes: some Collection<UInt8>) {
    do throws(JSON.SyntaxError) {
      self = try JSON(parsing: bytes)
    } catch {
      return nil
    }
  }
}
