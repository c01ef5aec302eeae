/// Strict UTF-8, as RFC 3629 defines it: no overlong forms, no surrogates, nothing above U+10FFFF.
package enum UTF8Decoding {
  /// The first scalar and its length in bytes (1…4), or nil where the bytes do not begin one.
  package static func first(of bytes: some Collection<UInt8>) -> (Unicode.Scalar, Int)? {
    var iterator = bytes.makeIterator()
    guard let lead = iterator.next() else { return nil }
    let length: Int
    var value: UInt32
    switch lead {
    case 0...0x7F: return (Unicode.Scalar(lead), 1)
    case 0xC2...0xDF: (length, value) = (2, UInt32(lead & 0x1F))
    case 0xE0...0xEF: (length, value) = (3, UInt32(lead & 0x0F))
    case 0xF0...0xF4: (length, value) = (4, UInt32(lead & 0x07))
    default: return nil
    }
    for _ in 1..<length {
      guard let byte = iterator.next(), byte & 0xC0 == 0x80 else { return nil }
      value = value << 6 | UInt32(byte & 0x3F)
    }
    let least: UInt32 = length == 2 ? 0x80 : length == 3 ? 0x800 : 0x10000
    guard value >= least, let scalar = Unicode.Scalar(value) else { return nil }
    return (scalar, length)
  }

  /// The text, or nil if `bytes` is not wholly valid.
  package static func string(_ bytes: some Collection<UInt8>) -> String? {
    String(validating: bytes, as: UTF8.self)
  }
}
