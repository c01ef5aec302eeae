import SluiceCore

/// Formats of plain text that write characters in another way than their readers see them. They are
/// read in Swift, as one more segment with the escapes undone, where there are any.
enum TextForm {
  case json, csv, yaml, calendar, contact

  /// - Parameter head: the first block of a valid text.
  init?(_ head: UnsafeBufferPointer<UInt8>) {
    guard let start = head.firstIndex(where: { $0 > 0x20 && $0 < 0x80 }) else { return nil }
    let text = UnsafeBufferPointer(rebasing: head[start...])
    func has(_ mark: String) -> Bool { Embedded.first(Array(mark.utf8), in: head) != nil }
    if text[0] == UInt8(ascii: "{") || text[0] == UInt8(ascii: "[") {
      guard has("\\"), has("\"") else { return nil }
      self = .json
    } else if let form = Self.contentLines(text) {
      guard has("\\") || has("\n ") || has("\n\t") || has("=") else { return nil }
      self = form
    } else if has("\"\""), has(",\"") || has(";\"") || has("\t\"") {
      // A doubled quotation mark inside a quoted cell.
      self = .csv
    } else if Self.isYAML(text), has("\"") && has("\\") || has("''") {
      self = .yaml
    } else {
      return nil
    }
  }

  private static func contentLines(_ text: UnsafeBufferPointer<UInt8>) -> TextForm? {
    let start = String(decoding: text.prefix(15), as: UTF8.self).uppercased()
    if start.hasPrefix("BEGIN:VCALENDAR") { return .calendar }
    return start.hasPrefix("BEGIN:VCARD") ? .contact : nil
  }

  /// Begins with the mark of a document, a key or an item of a list.
  private static func isYAML(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    let head = Head(bytes: text)
    if head.has("---", at: 0) || head.has("%YAML", at: 0) { return true }
    var lines = text.prefix(4096).split(whereSeparator: { $0 == 0x0A || $0 == 0x0D })[...]
    while lines.first?.first == UInt8(ascii: "#") { lines.removeFirst() }
    guard let line = lines.first else { return false }
    if line.starts(with: "- ".utf8) { return true }
    guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return false }
    let key = line[..<colon]
    let isKey = key.allSatisfy {
      $0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A || (0x30...0x39).contains($0) || $0 == 0x5F
        || $0 == 0x2D || $0 == 0x2E
    }
    return !key.isEmpty && isKey && (colon + 1 == line.endIndex || line[colon + 1] == 0x20)
  }

  /// What the segment is called.
  var name: String {
    switch self {
    case .json: "json strings"
    case .csv: "csv cells"
    case .yaml: "yaml scalars"
    case .calendar: "calendar text"
    case .contact: "contact text"
    }
  }

  var decoder: any Decoder {
    switch self {
    case .json: JSONStringDecoder()
    case .csv: CSVCellDecoder()
    case .yaml: YAMLScalarDecoder()
    case .calendar, .contact: ContentLineDecoder()
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
        guard let length = text.append(input, index, at: origin, final: final) else {
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
    return Hex.value(input, (index + 2)..<(index + 6))
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
      guard let length = text.append(input, index, at: origin, final: final) else {
        return index
      }
      index += length
    }
    return index
  }
}
