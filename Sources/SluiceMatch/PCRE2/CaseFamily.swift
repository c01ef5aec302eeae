import CPCRE2
import Synchronization

/// The characters that PCRE2 takes for one and the same without regard to case.
enum CaseFamily {
  private static let known = Mutex<[Unicode.Scalar: [Unicode.Scalar]]>([:])

  /// Every block with letters of two cases, as of Unicode 16, and some room around them.
  static let blocks: [ClosedRange<UInt32>] = [
    0x01...0x2FFF, 0xA000...0xABFF, 0xFB00...0xFB1F, 0xFF00...0xFFEF, 0x10400...0x10FFF,
    0x11800...0x118FF, 0x16E00...0x16EFF, 0x1E900...0x1E9FF,
  ]

  private static let letters: [UInt8] = blocks.flatMap { block in
    block.compactMap { Unicode.Scalar($0) }.flatMap { Array(String($0).utf8) }
  }

  /// The character and its kin, asked of PCRE2 itself.
  static func members(of scalar: Unicode.Scalar) -> [Unicode.Scalar] {
    if let members = known.withLock({ $0[scalar] }) { return members }
    let members = Array(Set([scalar] + find(scalar))).sorted()
    known.withLock { $0[scalar] = members }
    return members
  }

  private static func find(_ scalar: Unicode.Scalar) -> [Unicode.Scalar] {
    let source = Array("\\x{\(String(scalar.value, radix: 16))}".utf8)
    var error: Int32 = 0
    var offset = 0
    let flags = PCRE2_UTF | PCRE2_UCP | PCRE2_CASELESS
    guard let code = pcre2_compile_8(source, source.count, flags, &error, &offset, nil) else {
      return []
    }
    defer { pcre2_code_free_8(code) }
    let data = pcre2_match_data_create_from_pattern_8(code, nil)
    defer { pcre2_match_data_free_8(data) }
    let offsets = pcre2_get_ovector_pointer_8(data)!
    var found: [Unicode.Scalar] = []
    var at = 0
    while pcre2_match_8(code, letters, letters.count, at, PCRE2_NO_UTF_CHECK, data, nil) > 0 {
      found += String(decoding: letters[offsets[0]..<offsets[1]], as: UTF8.self).unicodeScalars
      at = offsets[1]
    }
    return found
  }
}
