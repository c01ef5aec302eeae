import CPCRE2

/// The characters that `\w` matches with UCP: letters, numbers and the underscore. A bitmap in
/// blocks of 256 characters, laid out for use through pointers; made once, never freed.
///
/// Unchecked: the memory is written in `init` only.
struct WordCharacters: @unchecked Sendable {
  static let table = WordCharacters()

  /// The number of a character's block, by its value / 256.
  let blocks: UnsafePointer<UInt8>
  /// Four words a block, the lowest bit first.
  let bits: UnsafePointer<UInt64>
  /// Characters / 256.
  static let blockCount = 0x1100

  /// Whether the PCRE2 that runs has the Unicode version and the meaning of `\w` that the tables
  /// were made from (10.43 adds marks and connecting punctuation). Where not, no plan may rest on
  /// them.
  static let areCurrent: Bool = {
    var version = [UInt8](repeating: 0, count: 64)
    let length = pcre2_config_8(UInt32(PCRE2_CONFIG_UNICODE_VERSION), &version)
    guard length > 0, version.prefix(Int(length) - 1).elementsEqual(UnicodeTables.version.utf8)
    else { return false }
    // A combining acute accent, and the undertie.
    return ["\u{301}", "\u{203F}"].allSatisfy { !matchesWord(Array($0.utf8)) }
  }()

  static func contains(_ scalar: Unicode.Scalar) -> Bool { table.contains(scalar.value) }

  /// - Parameter value: a Unicode scalar, at most 0x10FFFF.
  @inline(__always) func contains(_ value: UInt32) -> Bool {
    let block = Int(blocks[Int(value >> 8)])
    return bits[block * 4 + Int(value >> 6 & 3)] >> UInt64(value & 63) & 1 == 1
  }

  private init() {
    var flat = [UInt64](repeating: 0, count: Self.blockCount * 4)
    for stretch in UnicodeStretches(UnicodeTables.words) {
      for value in stretch.first..<stretch.first + stretch.count {
        flat[value >> 6] |= 1 << UInt64(value & 63)
      }
    }
    // Blocks of none and of all are shared by many.
    var unique: [[UInt64]] = [[0, 0, 0, 0], [.max, .max, .max, .max]]
    let numbers = UnsafeMutablePointer<UInt8>.allocate(capacity: Self.blockCount)
    for block in 0..<Self.blockCount {
      let own = Array(flat[block * 4..<block * 4 + 4])
      let number = unique.prefix(2).firstIndex(of: own) ?? unique.count
      if number == unique.count { unique.append(own) }
      numbers[block] = UInt8(number)
    }
    let words = UnsafeMutablePointer<UInt64>.allocate(capacity: unique.count * 4)
    for (index, word) in unique.joined().enumerated() { words[index] = word }
    blocks = UnsafePointer(numbers)
    bits = UnsafePointer(words)
  }

  private static func matchesWord(_ text: [UInt8]) -> Bool {
    let source = Array("\\w".utf8)
    var error: Int32 = 0
    var offset = 0
    let flags = PCRE2_UTF | PCRE2_UCP
    guard let code = pcre2_compile_8(source, source.count, flags, &error, &offset, nil) else {
      return true
    }
    defer { pcre2_code_free_8(code) }
    let data = pcre2_match_data_create_from_pattern_8(code, nil)
    defer { pcre2_match_data_free_8(data) }
    return pcre2_match_8(code, text, text.count, 0, 0, data, nil) > 0
  }
}
