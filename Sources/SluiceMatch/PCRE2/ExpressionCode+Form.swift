import CPCRE2

/// Compiled expressions as bytes. PCRE2 reads back only what its own release wrote on a machine of
/// this kind, and does not check what lies within: the bytes must be known to be its own.
extension ExpressionCode {
  /// Without machine code. Nil where PCRE2 has no memory for it.
  static func encode(_ codes: [ExpressionCode]) -> [UInt8]? {
    guard !codes.isEmpty else { return [] }
    var pointers: [OpaquePointer?] = codes.map(\.code)
    var bytes: UnsafeMutablePointer<UInt8>?
    var size = 0
    let count = Int32(pointers.count)
    guard pcre2_serialize_encode_8(&pointers, count, &bytes, &size, nil) == count, let bytes else {
      return nil
    }
    defer { pcre2_serialize_free_8(bytes) }
    return Array(UnsafeBufferPointer(start: bytes, count: size))
  }

  /// The codes, each to be owned by one `ExpressionCode`; nil where PCRE2 refuses the bytes.
  static func decode(_ bytes: [UInt8]) -> [OpaquePointer]? {
    if bytes.isEmpty { return [] }
    // It reads the head before it can know whether that is there.
    guard bytes.count >= 16 else { return nil }
    let count = pcre2_serialize_get_number_of_codes_8(bytes)
    guard count > 0 else { return nil }
    var pointers = [OpaquePointer?](repeating: nil, count: Int(count))
    guard pcre2_serialize_decode_8(&pointers, count, bytes, nil) == count else { return nil }
    return pointers.compactMap { $0 }
  }
}
