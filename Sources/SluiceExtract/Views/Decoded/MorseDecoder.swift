/// International Morse code (ITU-R M.1677-1), in dots and dashes of any look.
enum MorseDecoder {
  /// Letters that a run must have.
  static let shortest = 6

  static func decode(_ block: UnsafeBufferPointer<UInt8>, from start: Int) -> (RawDecoded, end: Int)
  {
    var raw = RawDecoded()
    var index = start
    var end = start
    while index < block.count {
      var sign: UInt16 = 1
      let first = index
      while index < block.count, let (bit, length) = mark(block, index), sign < 128 {
        sign = sign << 1 | bit
        index += length
      }
      guard sign > 1, let letter = letters[sign] else { break }
      raw.append(letter, from: first..<index)
      end = index
      var blanks = 0
      var hasSlash = false
      while index < block.count {
        let byte = block[index]
        if byte == 0x20 || byte == 0x0A || byte == 0x0D {
          blanks += 1
        } else if byte == UInt8(ascii: "/") || byte == UInt8(ascii: "|") {
          hasSlash = true
        } else {
          break
        }
        index += 1
      }
      guard blanks > 0 || hasSlash else { break }
      if hasSlash || blanks > 1 { raw.append(0x20, from: end..<index) }
    }
    return (raw, max(end, start + 1))
  }

  /// A dot (0) or a dash (1).
  private static func mark(_ block: UnsafeBufferPointer<UInt8>, _ index: Int) -> (
    UInt16, length: Int
  )? {
    switch block[index] {
    case UInt8(ascii: "."): return (0, 1)
    case UInt8(ascii: "-"), UInt8(ascii: "_"): return (1, 1)
    case 0xC2, 0xE2:
      let (scalar, length) = block.scalar(at: index)
      switch scalar {
      case 0xB7, 0x2022, 0x2219: return (0, length)
      case 0x2010...0x2015, 0x2212: return (1, length)
      default: return nil
      }
    default: return nil
    }
  }

  private static let letters: [UInt16: UInt8] = {
    let code =
      "a.- b-... c-.-. d-.. e. f..-. g--. h.... i.. j.--- k-.- l.-.. m-- n-. o--- p.--. q--.- r.-. "
      + "s... t- u..- v...- w.-- x-..- y-.-- z--.. 0----- 1.---- 2..--- 3...-- 4....- 5..... 6-.... "
      + "7--... 8---.. 9----. ..-.-.- ,--..-- ?..--.. !-.-.-- @.--.-. --....- /-..-. '.----. :---..."
    var letters: [UInt16: UInt8] = [:]
    for entry in code.split(separator: " ") {
      let bytes = Array(entry.utf8)
      letters[bytes.dropFirst().reduce(1) { $0 << 1 | ($1 == UInt8(ascii: "-") ? 1 : 0) }] =
        bytes[0]
    }
    return letters
  }()
}
