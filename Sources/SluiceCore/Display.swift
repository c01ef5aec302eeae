/// Text from files as it may be shown on a terminal: nothing in it can move the cursor, change a
/// colour, or turn the reading direction.
package enum Display {
  /// Control characters (C0, DEL, C1), bidirectional controls, line and paragraph separators,
  /// zero-width and other invisible format characters, and tag characters.
  package static func needsEscape(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0...0x1F, 0x7F...0x9F, 0xAD, 0x61C, 0x180E, 0x200B...0x200F, 0x2028...0x202E,
      0x2060...0x206F, 0xFEFF, 0xFFF9...0xFFFB, 0xE0000...0xE007F:
      true
    default: false
    }
  }

  /// `text` with every such character written as `\u{…}`.
  package static func escape(_ text: some StringProtocol) -> String {
    guard text.unicodeScalars.contains(where: needsEscape) else { return String(text) }
    var shown = ""
    for scalar in text.unicodeScalars {
      if needsEscape(scalar) {
        shown += "\\u{\(String(scalar.value, radix: 16))}"
      } else {
        shown.unicodeScalars.append(scalar)
      }
    }
    return shown
  }

  /// A file name of any bytes: bytes that are no UTF-8 are written as `\xNN`, the rest as `escape`.
  package static func name(_ bytes: some Collection<UInt8>) -> String {
    var shown = ""
    var rest = bytes[...]
    while !rest.isEmpty {
      if let (scalar, length) = UTF8Decoding.first(of: rest) {
        shown += escape(String(scalar))
        rest = rest.dropFirst(length)
      } else {
        shown += "\\x" + Hex.encode([rest.first!])
        rest = rest.dropFirst()
      }
    }
    return shown
  }
}
