import SluiceCore

/// A text in YAML with its quoted scalars as they are meant: escapes undone, lines that go on
/// joined. Everything else stays as it stands. Source: YAML 1.2.2, sections 5.7, 6.5 and 7.3.
struct YAMLScalarDecoder: Decoder {
  private enum State { case plain, double, single }
  private var state = State.plain
  /// The last character that is no blank, where a quotation mark would begin a scalar.
  private var last = UInt8(ascii: "\n")
  /// Blanks behind a break that was undone are the indentation of its line.
  private var isIndented = false

  mutating func decode(
    _ input: UnsafeBufferPointer<UInt8>, at origin: Int, final: Bool, into text: TextBuilder
  ) -> Int {
    var index = 0
    while index < input.count {
      // The ten bytes of the longest escape.
      guard final || index + 10 <= input.count else { return index }
      let byte = input[index]
      if state == .plain {
        if byte == UInt8(ascii: "\""), Self.begins(last) {
          (state, index) = (.double, index + 1)
          continue
        }
        if byte == UInt8(ascii: "'"), Self.begins(last) {
          (state, index) = (.single, index + 1)
          continue
        }
        if byte != 0x20, byte != 0x09 { last = byte }
      } else if isIndented, byte == 0x20 || byte == 0x09 {
        index += 1
        continue
      } else {
        isIndented = false
        if let length = quoted(input, index, origin, text) {
          index += length
          continue
        }
      }
      guard let length = text.append(input, index, at: origin, final: final) else {
        return index
      }
      index += length
    }
    return index
  }

  private static func begins(_ last: UInt8) -> Bool {
    [
      UInt8(ascii: "\n"), UInt8(ascii: ":"), UInt8(ascii: "-"), UInt8(ascii: "["),
      UInt8(ascii: "{"), UInt8(ascii: ","), UInt8(ascii: "?"),
    ].contains(last)
  }

  /// - Returns: bytes of what is written otherwise than it is meant; nil for any other character.
  private mutating func quoted(
    _ input: UnsafeBufferPointer<UInt8>, _ index: Int, _ origin: Int, _ text: TextBuilder
  ) -> Int? {
    let byte = input[index]
    let place = origin + index
    switch (state, byte) {
    case (.double, UInt8(ascii: "\"")):
      close()
      return 1
    case (.single, UInt8(ascii: "'")):
      guard index + 1 < input.count, input[index + 1] == byte else {
        close()
        return 1
      }
      text.append(UInt32(byte), at: place, length: 2)
      return 2
    case (.double, UInt8(ascii: "\\")):
      guard index + 1 < input.count else { return nil }
      return escape(input, index, place, text)
    case (_, 0x0A), (_, 0x0D):
      let length = input.breakLength(at: index)
      text.append(0x20, at: place, length: length)
      isIndented = true
      return length
    default: return nil
    }
  }

  private mutating func close() {
    state = .plain
    last = UInt8(ascii: "\"")
  }

  private mutating func escape(
    _ input: UnsafeBufferPointer<UInt8>, _ index: Int, _ place: Int, _ text: TextBuilder
  ) -> Int {
    let letter = input[index + 1]
    if letter == 0x0A || letter == 0x0D {
      isIndented = true
      return 1 + input.breakLength(at: index + 1)
    }
    let digits = [UInt8(ascii: "x"): 2, UInt8(ascii: "u"): 4, UInt8(ascii: "U"): 8][letter]
    if let digits {
      guard let value = Hex.value(input, (index + 2)..<(index + 2 + digits)) else {
        text.append(UInt32(letter), at: place, length: 2)
        return 2
      }
      text.append(value, at: place, length: 2 + digits)
      return 2 + digits
    }
    let plain: UInt32
    switch letter {
    case UInt8(ascii: "n"), UInt8(ascii: "N"), UInt8(ascii: "L"), UInt8(ascii: "P"): plain = 0x0A
    case UInt8(ascii: "t"), 0x09: plain = 0x09
    case UInt8(ascii: "r"): plain = 0x0D
    case UInt8(ascii: "_"): plain = 0xA0
    case UInt8(ascii: "0"), UInt8(ascii: "a"), UInt8(ascii: "b"), UInt8(ascii: "e"),
      UInt8(ascii: "f"), UInt8(ascii: "v"):
      plain = 0x20
    case 0x80...: plain = UInt32(UInt8(ascii: "\\"))
    default: plain = UInt32(letter)
    }
    // A byte that begins a character of more than one stays for the next turn.
    let length = letter < 0x80 ? 2 : 1
    text.append(plain, at: place, length: length)
    return length
  }
}
