import CPCRE2

/// A compiled expression: owns PCRE2's memory, and is never changed once a program holds it.
///
/// Unchecked: PCRE2 documents compiled code as shareable between threads once it is compiled, JIT
/// code included; `prepare` runs before a program shares it.
final class ExpressionCode: @unchecked Sendable {
  let code: OpaquePointer
  /// The group whose text is handed out; 0 is the whole match.
  let group: Int
  let groups: Int
  private let useJIT: Bool
  /// Whether it runs as machine code.
  private(set) var hasJIT = false

  /// Compiles for a search, or for single starts where `anchored`. Machine code is made by
  /// `prepare`.
  init(_ spec: PatternSpec, useJIT: Bool, anchored: Bool = false) throws(PatternFault) {
    var flags = PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C
    flags |= anchored ? PCRE2_ANCHORED : PCRE2_USE_OFFSET_LIMIT
    if !spec.caseSensitive { flags |= PCRE2_CASELESS }
    if spec.freeSpacing { flags |= PCRE2_EXTENDED }
    let context = pcre2_compile_context_create_8(nil)
    defer { pcre2_compile_context_free_8(context) }
    pcre2_set_newline_8(context, UInt32(PCRE2_NEWLINE_LF))
    pcre2_set_bsr_8(context, UInt32(PCRE2_BSR_UNICODE))
    let bytes = Array(spec.source.utf8)
    var error: Int32 = 0
    var offset = 0
    guard let code = pcre2_compile_8(bytes, bytes.count, flags, &error, &offset, context) else {
      throw PatternFault(
        scalar: Self.place(of: error, offset: offset, in: bytes), code: "regex-syntax",
        "PCRE2 refuses this: \(Self.message(error))")
    }
    var count: UInt32 = 0
    pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_CAPTURECOUNT), &count)
    groups = Int(count)
    switch spec.capture {
    case .number(let number): group = number
    case .name(let name):
      let number = pcre2_substring_number_from_name_8(code, Array(name.utf8) + [0])
      group = number > 0 ? Int(number) : -1
    }
    self.code = code
    self.useJIT = useJIT
    if group < 0 || group > groups {
      throw PatternFault(
        scalar: 0, code: "unknown-capture", "the expression has no group of that number or name",
        hint: "it has \(groups) groups; 0 is the whole match")
    }
  }

  /// Takes over a code that PCRE2 has read back.
  init(decoded code: OpaquePointer, group: Int, groups: Int, useJIT: Bool) {
    self.code = code
    self.group = group
    self.groups = groups
    self.useJIT = useJIT
  }

  deinit { pcre2_code_free_8(code) }

  /// Makes machine code where that is wanted and the system permits it.
  func prepare() {
    hasJIT = useJIT && pcre2_jit_compile_8(code, UInt32(PCRE2_JIT_COMPLETE)) == 0
  }

  /// Bytes that it takes, machine code included.
  var size: Int {
    var (code, machine) = (0, 0)
    pcre2_pattern_info_8(self.code, UInt32(PCRE2_INFO_SIZE), &code)
    pcre2_pattern_info_8(self.code, UInt32(PCRE2_INFO_JITSIZE), &machine)
    return code + machine
  }

  /// PCRE2's own words for an error.
  static func message(_ error: Int32) -> String {
    var buffer = [UInt8](repeating: 0, count: 256)
    let length = pcre2_get_error_message_8(error, &buffer, buffer.count)
    return length > 0
      ? String(decoding: buffer.prefix(Int(length)), as: UTF8.self) : "error \(error)"
  }

  /// Errors whose offset is that of the character meant; other offsets are just behind it. By
  /// their numbers in pcre2.h: a quantifier without an item, an unknown letter after (?, a
  /// reference without its group, a closing parenthesis without its opening one, a look-behind
  /// that is not of fixed length.
  private static let pointing: Set<Int32> = [109, 111, 115, 122, 125]

  /// The index of the character, in Unicode scalars, that an error means.
  private static func place(of error: Int32, offset: Int, in bytes: [UInt8]) -> Int {
    var offset = max(0, min(offset, bytes.count))
    if pointing.contains(error) {
      // A quantifier is meant from its brace on.
      if error == 109, offset < bytes.count, bytes[offset] == UInt8(ascii: "}"),
        let brace = bytes[..<offset].lastIndex(of: UInt8(ascii: "{"))
      {
        offset = brace
      }
      return scalars(in: bytes[..<offset])
    }
    return max(0, scalars(in: bytes[..<offset]) - 1)
  }

  private static func scalars(in bytes: ArraySlice<UInt8>) -> Int {
    bytes.reduce(0) { $0 + ($1 & 0xC0 == 0x80 ? 0 : 1) }
  }
}
