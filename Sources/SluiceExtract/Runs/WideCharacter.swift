/// What a 16-bit unit is, where it is not known that bytes are UTF-16 at all.
enum WideCharacter: UInt8, Sendable {
  /// A letter, mark, digit, sign or line end of a script that alphabets write.
  case alphabetic
  case han
  case hangul
  /// Both bytes are printable ASCII: it may be text in UTF-16, and more likely is text in ASCII.
  case asciiPair
  /// Half of a surrogate pair.
  case surrogate
  case other

  /// Of every unit, since each byte of a large file is looked at twice.
  static let table: [WideCharacter] = (0...UInt16.max).map(classify)

  private static func classify(_ unit: UInt16) -> WideCharacter {
    let (high, low) = (unit >> 8, unit & 0xFF)
    if high &- 0x20 < 0x5F, low &- 0x20 < 0x5F || low == 0x0A || low == 0x0D || low == 0x09 {
      return .asciiPair
    }
    switch unit {
    case 0x09, 0x0A, 0x0D, 0x20...0x7E, 0xA0...0x2FF, 0x370...0x6FF, 0x900...0xEFF,
      0x10A0...0x10FF, 0x1E00...0x206F, 0x20A0...0x20BF, 0x2100...0x214F:
      return .alphabetic
    case 0x3000...0x30FF, 0x3105...0x312F, 0x4E00...0x9FFF, 0xFF01...0xFFEF: return .han
    case 0xAC00...0xD7A3, 0x3130...0x318F: return .hangul
    case 0xD800...0xDFFF: return .surrogate
    default: return .other
    }
  }
}
