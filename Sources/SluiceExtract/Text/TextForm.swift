/// Formats of plain text that write characters in another way than their readers see them. They are
/// read in Swift, as one more segment with the escapes undone, where there are any.
enum TextForm {
  case json, csv

  /// - Parameter head: the first block of a valid text.
  init?(_ head: UnsafeBufferPointer<UInt8>) {
    guard let first = head.first(where: { $0 > 0x20 }) else { return nil }
    if first == UInt8(ascii: "{") || first == UInt8(ascii: "[") {
      guard head.contains(UInt8(ascii: "\\")), head.contains(UInt8(ascii: "\"")) else { return nil }
      self = .json
    } else {
      // A doubled quotation mark inside a quoted cell.
      guard Embedded.first([0x22, 0x22], in: head) != nil,
        [",\"", ";\"", "\t\""].contains(where: { Embedded.first(Array($0.utf8), in: head) != nil })
      else { return nil }
      self = .csv
    }
  }

  var name: String {
    switch self {
    case .json: "json strings"
    case .csv: "csv cells"
    }
  }

  var decoder: any Decoder {
    switch self {
    case .json: JSONStringDecoder()
    case .csv: CSVCellDecoder()
    }
  }
}

/// The strings of a JSON text, keys too, each on a line of its own. Source: RFC 8259, section 7.
struct JSONStringDecoder: Decoder {
  private var isInString = false

  mutating func decode(
    _ input: UnsafeBufferPointer<UInt8>, at origin: Int, final: Bool, into text: TextBuilder
  ) -> Int {
    var index = 0
    while index < input.count {
      let byte = input[index]
      if byte == UInt8(ascii: "\"") {
        if isInString { text.append(0x0A, at: origin + index, length: 1) }
        isInString.toggle()
        index += 1
      } else if !isInString {
        index += 1
      } else if byte == UInt8(ascii: "\\") {
        guard let length = escape(input, index, origin, final, text) else { return index }
        index += length
      } else {
        let form = UTF8Form.at(index, of: input)
        guard let length = text.append(form, at: origin + index, final: final) else {
          return index
        }
        index += length
      }
    }
    return index
  }

  /// - Returns: bytes of the escape; nil where it is cut off.
  private func escape(
    _ input: UnsafeBufferPointer<UInt8>, _ index: Int, _ origin: Int, _ final: Bool,
    _ text: TextBuilder
  ) -> Int? {
    guard index + 1 < input.count else {
      return final ? 1 : nil
    }
    let plain: UInt32
    switch input[index + 1] {
    case UInt8(ascii: "n"): plain = 0x0A
    case UInt8(ascii: "t"): plain = 0x09
    case UInt8(ascii: "r"): plain = 0x0D
    case UInt8(ascii: "b"), UInt8(ascii: "f"): plain = 0x20
    case UInt8(ascii: "u"):
      guard index + 12 <= input.count || final else { return nil }
      guard let unit = Self.unit(input, index) else { return 1 }
      if unit & 0xFC00 == 0xD800, let low = Self.unit(input, index + 6), low & 0xFC00 == 0xDC00 {
        text.append(0x10000 + (unit & 0x3FF) << 10 + low & 0x3FF, at: origin + index, length: 12)
        return 12
      }
      text.append(unit, at: origin + index, length: 6)
      return 6
    case let byte where byte < 0x80: plain = UInt32(byte)
    default: return 1
    }
    text.append(plain, at: origin + index, length: 2)
    return 2
  }

  private static func unit(_ input: UnsafeBufferPointer<UInt8>, _ index: Int) -> UInt32? {
    guard index + 6 <= input.count, input[index] == UInt8(ascii: "\\"),
      input[index + 1] == UInt8(ascii: "u")
    else { return nil }
    var value: UInt32 = 0
    for byte in input[(index + 2)..<(index + 6)] {
      let digit: UInt8
      switch byte {
      case 0x30...0x39: digit = byte - 0x30
      case 0x41...0x46: digit = byte - 0x41 + 10
      case 0x61...0x66: digit = byte - 0x61 + 10
      default: return nil
      }
      value = value << 4 | UInt32(digit)
    }
    return value
  }
}

/// The cells of comma-separated values as they are meant: quotation marks around a cell are left
/// out, doubled ones stand for one. Source: RFC 4180, section 2.
struct CSVCellDecoder: Decoder {
  private var isQuoted = false

  mutating func decode(
    _ input: UnsafeBufferPointer<UInt8>, at origin: Int, final: Bool, into text: TextBuilder
  ) -> Int {
    var index = 0
    while index < input.count {
      let byte = input[index]
      if byte == UInt8(ascii: "\"") {
        guard index + 1 < input.count || final else { return index }
        if isQuoted, index + 1 < input.count, input[index + 1] == byte {
          text.append(UInt32(byte), at: origin + index, length: 2)
          index += 2
        } else {
          isQuoted.toggle()
          index += 1
        }
        continue
      }
      let form = UTF8Form.at(index, of: input)
      guard let length = text.append(form, at: origin + index, final: final) else {
        return index
      }
      index += length
    }
    return index
  }
}
