/// Ways to write text so that it is not read as it stands; the word is that of the segment's path.
enum HiddenKind: String, CaseIterable {
  case base64 = "Base64"
  case hexadecimal = "hexadecimal"
  case percent = "percent encoding"
  case quotedPrintable = "quoted-printable"
  case entities = "character references"
  case escapes = "escapes"
  case ascii85 = "ASCII85"
  case morse = "Morse code"
  case binary = "binary digits"
  case rot13 = "ROT13"
  case reversed = "reversed"
  case tags = "tag characters"
  case selectors = "variation selectors"

  /// Nobody writes so who wants to be read by people.
  var isDisguise: Bool {
    switch self {
    case .rot13, .reversed, .tags, .selectors, .morse, .binary: true
    default: false
    }
  }
}
