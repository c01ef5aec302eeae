/// A way to read bytes as text that this target knows.
enum Charset: Sendable {
  /// With what is wrong replaced; `lenient` takes overlong forms for what they mean.
  case utf8(lenient: Bool = false, dropsNUL: Bool = false)
  case utf16(bigEndian: Bool)
  case utf32(bigEndian: Bool)
  case utf7
  case iso2022JP
  case single(SingleByteCharset)
  case double(DoubleByteCharset)

  /// As it stands in `reading` and in the record's `decoders`.
  var name: String {
    switch self {
    case .utf8(let lenient, let dropsNUL):
      "utf-8" + (lenient ? " with overlong forms" : "") + (dropsNUL ? " without NUL" : "")
    case .utf16(let bigEndian): bigEndian ? "utf-16be" : "utf-16le"
    case .utf32(let bigEndian): bigEndian ? "utf-32be" : "utf-32le"
    case .utf7: "utf-7"
    case .iso2022JP: "iso-2022-jp"
    case .single(let charset): charset.name
    case .double(let charset): charset.name
    }
  }

  var isPlainUTF8: Bool {
    if case .utf8(false, false) = self { true } else { false }
  }

  var decoder: any Decoder {
    switch self {
    case .utf8(let lenient, let dropsNUL): UTF8Decoder(lenient: lenient, dropsNUL: dropsNUL)
    case .utf16(let bigEndian): UTF16Decoder(bigEndian: bigEndian)
    case .utf32(let bigEndian): UTF32Decoder(bigEndian: bigEndian)
    case .utf7: UTF7Decoder()
    case .iso2022JP: ISO2022JPDecoder()
    case .single(let charset): SingleByteDecoder(charset: charset)
    case .double(let charset): DoubleByteDecoder(charset: charset)
    }
  }

  /// The UTF-16 units of a table that is written as text.
  static func units(of text: StaticString) -> [UInt16] {
    text.withUTF8Buffer { bytes in
      String(decoding: bytes, as: UTF8.self).unicodeScalars.map { UInt16($0.value) }
    }
  }
}
