/// What one pass over an item's bytes tells about how they can be read.
///
/// Bytes of plain ASCII are only counted; everything else is looked at closer, over the whole item
/// and not a sample, since what lies behind the sample is where text would be hidden.
struct ContentProfile {
  private(set) var length = 0
  private(set) var nulCount = 0
  /// Control characters that text has no use for, NUL among them.
  private(set) var controlCount = 0
  /// Escapes that may switch the character set (ISO 2022), unlike those of terminals.
  private(set) var escapeCount = 0
  /// Characters of two and more bytes that are valid UTF-8.
  private(set) var multibyteCount = 0
  /// Bytes that are no part of valid UTF-8.
  private(set) var invalidCount = 0
  /// Overlong forms and surrogates written in three bytes.
  private(set) var overlongCount = 0
  /// U+202A…202E and U+2066…2069, in valid UTF-8.
  private(set) var directionCount = 0
  /// How often each of 0x80…0xFF occurs.
  private(set) var upper = [Int](repeating: 0, count: 128)
  private(set) var wide = WideProfile()
  private(set) var pairs = PairProfile()

  var isValidUTF8: Bool { invalidCount == 0 }
  /// Plain text as any editor shows it: valid UTF-8 without a stray control character.
  var isCleanText: Bool { isValidUTF8 && controlCount == 0 }
  /// Text with at most some dirt: one byte in twenty is a control character.
  var isTextLike: Bool { controlCount * 20 <= length }
  var upperCount: Int { upper.reduce(0, +) }

  /// Takes in the next bytes; the rules are those of `Decoder.decode`.
  mutating func add(_ input: UnsafeBufferPointer<UInt8>, at origin: Int, final: Bool) -> Int {
    let (nuls, controls, invalid) = (nulCount, controlCount, invalidCount)
    let used = scan(input, final: final)
    length += used
    let seen = UnsafeBufferPointer(rebasing: input[0..<used])
    // Only what is no plain UTF-8 can be UTF-16, UTF-32 or an older set.
    if controls != controlCount || invalid != invalidCount {
      // UTF-32 has at least one NUL in four bytes.
      wide.add(seen, at: origin, mayBe32: (nulCount - nuls) * 5 >= used)
    }
    // Binary noise says nothing about the sets of a text.
    if invalid != invalidCount, (controlCount - controls) * 20 <= used { pairs.add(seen) }
    return used
  }

  private mutating func scan(_ input: UnsafeBufferPointer<UInt8>, final: Bool) -> Int {
    guard let base = input.baseAddress else { return 0 }
    let raw = UnsafeRawPointer(base)
    var index = 0
    while index < input.count {
      if index &+ 8 <= input.count {
        let word = raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)
        // No byte above 0x7F, and none below 0x20 (the classic test for a byte less than n).
        let low = (word &- 0x2020_2020_2020_2020) & ~word
        if (word | low) & 0x8080_8080_8080_8080 == 0 {
          index &+= 8
          continue
        }
        if word == 0 {
          nulCount &+= 8
          controlCount &+= 8
          index &+= 8
          continue
        }
      }
      let byte = base[index]
      if byte < 0x80 {
        if byte < 0x20 {
          count(control: byte, before: index &+ 1 < input.count ? base[index &+ 1] : nil)
        }
        index &+= 1
        continue
      }
      switch UTF8Form.at(index, of: input) {
      case .valid(let value, let length):
        multibyteCount &+= 1
        if value &- 0x202A < 5 || value &- 0x2066 < 4 { directionCount &+= 1 }
        for offset in 0..<length { upper[Int(base[index &+ offset] &- 0x80)] &+= 1 }
        index &+= length
      case .cutOff where !final: return index
      case .overlong(let value, _):
        // A form of 0 that is overlong is how some programs write NUL.
        if value >= 0x20 || value == 0 { overlongCount &+= 1 }
        note(invalid: byte)
        index &+= 1
      case .surrogate:
        overlongCount &+= 1
        note(invalid: byte)
        index &+= 1
      default:
        note(invalid: byte)
        index &+= 1
      }
    }
    return index
  }

  private mutating func note(invalid byte: UInt8) {
    invalidCount &+= 1
    upper[Int(byte &- 0x80)] &+= 1
  }

  private mutating func count(control byte: UInt8, before next: UInt8?) {
    switch byte {
    case 0x08...0x0D, 0x1A: break
    case 0x1B:
      // At the end of a block it is not known, and counts.
      if next == nil || next == UInt8(ascii: "$") || next == UInt8(ascii: "(") { escapeCount &+= 1 }
    default:
      controlCount &+= 1
      if byte == 0 { nulCount &+= 1 }
    }
  }
}
