/// UTF-8 with what is wrong in it replaced, one U+FFFD for each byte that begins no character.
struct UTF8Decoder: Decoder {
  /// Reads overlong forms and surrogates written as three bytes for what they are meant to say, as
  /// careless programs do.
  var lenient = false
  /// Leaves out NUL, as terminals and many viewers do.
  var dropsNUL = false

  mutating func decode(
    _ input: UnsafeBufferPointer<UInt8>, at origin: Int, final: Bool, into text: TextBuilder
  ) -> Int {
    guard let base = input.baseAddress else { return 0 }
    var index = 0
    while index < input.count {
      let end = input.endOfASCII(from: index)
      if end > index {
        appendASCII(base + index, end - index, origin + index, text)
        index = end
        continue
      }
      let form = UTF8Form.at(index, of: input)
      switch form {
      case .overlong(let value, let length) where lenient:
        if value != 0 || !dropsNUL { text.append(value, at: origin + index, length: length) }
        index += length
      case .surrogate(let high) where lenient:
        if index + 6 > input.count, !final { return index }
        let low = index + 3 < input.count ? UTF8Form.at(index + 3, of: input) : .invalid
        if case .surrogate(let low) = low, high < 0xDC00, low >= 0xDC00 {
          let value = 0x10000 + (high - 0xD800) << 10 + (low - 0xDC00)
          text.append(value, at: origin + index, length: 6)
          index += 6
        } else {
          text.appendReplacement(at: origin + index, length: 3)
          index += 3
        }
      default:
        guard let length = text.append(form, at: origin + index, final: final) else { return index }
        index += length
      }
    }
    return index
  }

  private func appendASCII(
    _ source: UnsafePointer<UInt8>, _ count: Int, _ origin: Int, _ text: TextBuilder
  ) {
    guard dropsNUL else { return text.appendASCII(source, count: count, at: origin) }
    var start = 0
    for index in 0...count where index == count || source[index] == 0 {
      text.appendASCII(source + start, count: index - start, at: origin + start)
      start = index + 1
    }
  }
}

/// What stands at one place of bytes that are taken for UTF-8 (RFC 3629).
enum UTF8Form {
  case valid(UInt32, length: Int)
  /// More bytes than a character needs: C0 AF for a slash.
  case overlong(UInt32, length: Int)
  /// A surrogate as three bytes (CESU-8).
  case surrogate(UInt32)
  /// Begins a character, but the input ends in it.
  case cutOff
  case invalid

  @inline(__always)
  static func at(_ index: Int, of input: UnsafeBufferPointer<UInt8>) -> UTF8Form {
    let lead = input[index]
    if lead < 0x80 { return .valid(UInt32(lead), length: 1) }
    let length: Int
    var value: UInt32
    let least: UInt32
    switch lead {
    case 0xC0...0xDF: (length, value, least) = (2, UInt32(lead & 0x1F), 0x80)
    case 0xE0...0xEF: (length, value, least) = (3, UInt32(lead & 0x0F), 0x800)
    case 0xF0...0xF4: (length, value, least) = (4, UInt32(lead & 0x07), 0x10000)
    default: return .invalid
    }
    var next = index &+ 1
    let end = index &+ length
    while next < end {
      if next >= input.count { return .cutOff }
      let byte = input[next]
      guard byte & 0xC0 == 0x80 else { return .invalid }
      value = value << 6 | UInt32(byte & 0x3F)
      next &+= 1
    }
    if value < least { return .overlong(value, length: length) }
    if value & 0xFFFF_F800 == 0xD800 { return .surrogate(value) }
    return value < 0x110000 ? .valid(value, length: length) : .invalid
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// Where the last whole character ends, in bytes that are otherwise valid UTF-8.
  var endOfWholeUTF8: Int {
    for back in 1...3 where back <= count {
      let byte = self[count - back]
      if byte & 0xC0 == 0x80 { continue }
      let length = byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
      return length > back ? count - back : count
    }
    return count
  }
}

extension TextBuilder {
  /// A character as it stands, or a replacement for a byte that begins none.
  /// - Returns: the bytes it took; nil where it is cut off and more is to come.
  @inline(__always)
  func append(_ form: UTF8Form, at origin: Int, final: Bool) -> Int? {
    switch form {
    case .valid(let value, let length):
      append(value, at: origin, length: length)
      return length
    case .cutOff where !final: return nil
    default:
      appendReplacement(at: origin, length: 1)
      return 1
    }
  }

  /// The same of the character that begins at a place of the input, whose first byte is at `origin`.
  @inline(__always)
  func append(_ input: UnsafeBufferPointer<UInt8>, _ index: Int, at origin: Int, final: Bool)
    -> Int?
  {
    append(UTF8Form.at(index, of: input), at: origin + index, final: final)
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// Bytes of the line break that begins at a place: two for CR and LF.
  func breakLength(at index: Int) -> Int {
    self[index] == 0x0D && index + 1 < count && self[index + 1] == 0x0A ? 2 : 1
  }
}
