import SluiceCore

/// The lines of calendars and contacts as they are meant: folded lines joined, quoted-printable and
/// backslashes undone. Sources: RFC 5545, sections 3.1 and 3.3.11; RFC 6350, sections 3.2 and 3.4;
/// vCard 2.1, sections 2.1.3 and 2.1.4.
struct ContentLineDecoder: Decoder {
  /// Up to the colon of a line, where its parameters say how its value is written.
  private var isName = true
  private var isQuoted = false
  private var name: [UInt8] = []
  /// vCard 2.1 folds before a blank that belongs to the text.
  private var keepsBlanks = false
  private var version: [UInt8] = []
  private static let longestName = 500

  mutating func decode(
    _ input: UnsafeBufferPointer<UInt8>, at origin: Int, final: Bool, into text: TextBuilder
  ) -> Int {
    var index = 0
    while index < input.count {
      // A break and what follows it, or the twelve bytes of one quoted character.
      guard final || index + 12 <= input.count else { return index }
      let byte = input[index]
      if byte == 0x0A || byte == 0x0D {
        index += lineBreak(input, index, origin, text)
      } else if isName {
        text.append(UInt32(byte < 0x80 ? byte : 0x3F), at: origin + index, length: 1)
        index += 1
        note(byte)
      } else if byte == UInt8(ascii: "="), isQuoted {
        index += quoted(input, index, origin, text)
      } else if byte == UInt8(ascii: "\\"), index + 1 < input.count {
        index += escape(input[index + 1], at: origin + index, text)
      } else {
        if version.count < 16 { version.append(byte) }
        guard let length = text.append(input, index, at: origin, final: final) else {
          return index
        }
        index += length
      }
    }
    return index
  }

  private mutating func note(_ byte: UInt8) {
    if byte == UInt8(ascii: ":") {
      isName = false
      isQuoted = Self.has("QUOTED-PRINTABLE", name)
    } else if name.count < Self.longestName {
      name.append(byte >= 0x61 && byte <= 0x7A ? byte - 0x20 : byte)
    }
  }

  private static func has(_ word: StaticString, _ bytes: [UInt8]) -> Bool {
    let word = UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
    return bytes.withUnsafeBufferPointer { Embedded.first(Array(word), in: $0) != nil }
  }

  private mutating func lineBreak(
    _ input: UnsafeBufferPointer<UInt8>, _ index: Int, _ origin: Int, _ text: TextBuilder
  ) -> Int {
    let length = input.breakLength(at: index)
    let next = index + length < input.count ? input[index + length] : 0
    if next == 0x20 || next == 0x09 {
      // The line goes on.
      guard keepsBlanks else { return length + 1 }
      text.append(UInt32(next), at: origin + index, length: length + 1)
      return length + 1
    }
    if name.elementsEqual("VERSION".utf8) { keepsBlanks = version.starts(with: "2.1".utf8) }
    text.append(0x0A, at: origin + index, length: length)
    (isName, isQuoted) = (true, false)
    name.removeAll(keepingCapacity: true)
    version.removeAll(keepingCapacity: true)
    return length
  }

  /// A quoted character, whose bytes are UTF-8 or else Latin-1; or the end of a line that goes on.
  private func quoted(
    _ input: UnsafeBufferPointer<UInt8>, _ index: Int, _ origin: Int, _ text: TextBuilder
  ) -> Int {
    if index + 1 < input.count, input[index + 1] == 0x0A || input[index + 1] == 0x0D {
      return 1 + input.breakLength(at: index + 1)
    }
    var bytes: [UInt8] = []
    while bytes.count < 4, let byte = Self.byte(input, index + 3 * bytes.count) {
      bytes.append(byte)
    }
    guard let first = bytes.first else {
      text.append(UInt32(UInt8(ascii: "=")), at: origin + index, length: 1)
      return 1
    }
    let wanted = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 1
    if wanted > 1, bytes.count >= wanted {
      let whole = String(decoding: bytes[..<wanted], as: UTF8.self).unicodeScalars
      if whole.count == 1, let scalar = whole.first, scalar != "\u{FFFD}" {
        text.append(scalar.value, at: origin + index, length: 3 * wanted)
        return 3 * wanted
      }
    }
    text.append(UInt32(first), at: origin + index, length: 3)
    return 3
  }

  private static func byte(_ input: UnsafeBufferPointer<UInt8>, _ index: Int) -> UInt8? {
    guard index + 3 <= input.count, input[index] == UInt8(ascii: "=") else { return nil }
    return Hex.value(input, (index + 1)..<(index + 3)).map { UInt8($0) }
  }

  private func escape(_ byte: UInt8, at origin: Int, _ text: TextBuilder) -> Int {
    switch byte {
    case UInt8(ascii: "n"), UInt8(ascii: "N"): text.append(0x0A, at: origin, length: 2)
    case UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: ":"), UInt8(ascii: "\\"):
      text.append(UInt32(byte), at: origin, length: 2)
    default:
      text.append(UInt32(UInt8(ascii: "\\")), at: origin, length: 1)
      return 1
    }
    return 2
  }
}
