import SluiceCore

/// The first look at a file: its size, its encoding, and characters that no YAML holds.
enum YAMLCharacters {
  static func check(_ file: SourceText, limits: YAMLReader.Limits) throws(YAMLFault) {
    let bytes = file.bytes
    guard bytes.count <= limits.bytes else {
      throw YAMLFault(
        .fileTooLarge, at: 0, "the file has \(bytes.count) bytes; at most \(limits.bytes) are read")
    }
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      throw YAMLFault(
        .yamlEncoding, at: 0, "the file is UTF-16; it must be UTF-8",
        hint: "iconv -f UTF-16 -t UTF-8")
    }
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      if byte >= 0x20, byte < 0x7F {
        index += 1
        continue
      }
      guard let (scalar, length) = UTF8Decoding.first(of: bytes[index...]) else {
        throw YAMLFault(
          .yamlEncoding, at: index, "the byte 0x\(Hex.encode([byte])) is not UTF-8 here")
      }
      if !allowed(scalar, at: index) {
        throw YAMLFault(
          .yamlCharacter, at: index,
          "the character U+\(name(scalar)) may not stand in a YAML file",
          hint: "write it as an escape in double quotes, or as \\x{…} in an expression")
      }
      index += length
    }
  }

  private static func allowed(_ scalar: Unicode.Scalar, at offset: Int) -> Bool {
    switch scalar.value {
    case 0x09, 0x0A, 0x0D, 0x20...0x7E, 0x85, 0xA0...0xFEFE, 0xFF00...0xFFFD, 0x10000...0x10FFFF:
      true
    case 0xFEFF: offset == 0
    default: false
    }
  }

  private static func name(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
