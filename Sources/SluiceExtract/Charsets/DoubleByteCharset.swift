/// A character set over ASCII whose other characters take two bytes, a few of them one or more.
final class DoubleByteCharset: Sendable {
  enum Form: Sendable { case shiftJIS, eucJP, gb18030, big5, eucKR }

  let name: String
  let form: Form
  private let table: [UInt16]

  private init(name: String, form: Form, table: [UInt16]) {
    self.name = name
    self.form = form
    self.table = table
  }

  private static let jis = Charset.units(of: DoubleByteTables.jis0208)

  static let shiftJIS = DoubleByteCharset(name: "shift_jis", form: .shiftJIS, table: jis)
  static let eucJP = DoubleByteCharset(name: "euc-jp", form: .eucJP, table: jis)
  static let gb18030 = DoubleByteCharset(
    name: "gb18030", form: .gb18030, table: Charset.units(of: DoubleByteTables.gbk))
  static let big5 = DoubleByteCharset(
    name: "big5", form: .big5, table: Charset.units(of: DoubleByteTables.big5))
  static let eucKR = DoubleByteCharset(
    name: "euc-kr", form: .eucKR, table: Charset.units(of: DoubleByteTables.korean))

  static let all = [shiftJIS, eucJP, gb18030, big5, eucKR]

  /// A kuten position of JIS X 0208, as ISO-2022-JP names characters too.
  static func jis0208(row: UInt8, cell: UInt8) -> UInt32? {
    guard row < 94, cell < 94 else { return nil }
    let index = Int(row) * 94 + Int(cell)
    return index < jis.count && jis[index] != 0xFFFD ? UInt32(jis[index]) : nil
  }

  /// A character of one byte that is not ASCII: half-width katakana, a few signs.
  func single(_ byte: UInt8) -> UInt32? {
    form == .shiftJIS && (0xA1...0xDF).contains(byte) ? 0xFF61 + UInt32(byte - 0xA1) : nil
  }

  func isLead(_ byte: UInt8) -> Bool {
    switch form {
    case .shiftJIS: (0x81...0x9F).contains(byte) || (0xE0...0xFC).contains(byte)
    case .eucJP: (0xA1...0xFE).contains(byte) || byte == 0x8E
    case .gb18030, .big5, .eucKR: (0x81...0xFE).contains(byte)
    }
  }

  /// The character of two bytes, or nil. The indexes are those of the WHATWG Encoding Standard,
  /// https://encoding.spec.whatwg.org/#legacy-multi-byte-chinese-(simplified)-encodings and on.
  func pair(_ lead: UInt8, _ trail: UInt8) -> UInt32? {
    guard isLead(lead) else { return nil }
    let (row, cell) = (Int(lead), Int(trail))
    let index: Int
    switch form {
    case .shiftJIS:
      guard (0x40...0x7E).contains(cell) || (0x80...0xFC).contains(cell) else { return nil }
      index = (row - (row < 0xA0 ? 0x81 : 0xC1)) * 188 + cell - (cell < 0x7F ? 0x40 : 0x41)
    case .eucJP:
      if lead == 0x8E { return (0xA1...0xDF).contains(cell) ? 0xFF61 + UInt32(cell - 0xA1) : nil }
      guard (0xA1...0xFE).contains(cell) else { return nil }
      index = (row - 0xA1) * 94 + cell - 0xA1
    case .gb18030:
      guard (0x40...0x7E).contains(cell) || (0x80...0xFE).contains(cell) else { return nil }
      index = (row - 0x81) * 190 + cell - (cell < 0x7F ? 0x40 : 0x41)
    case .big5:
      guard (0x40...0x7E).contains(cell) || (0xA1...0xFE).contains(cell) else { return nil }
      index = (row - 0x81) * 157 + cell - (cell < 0x7F ? 0x40 : 0x62)
    case .eucKR:
      guard (0x41...0xFE).contains(cell) else { return nil }
      index = (row - 0x81) * 190 + cell - 0x41
    }
    return index < table.count && table[index] != 0xFFFD ? UInt32(table[index]) : nil
  }
}

/// The tables lie in a file each.
enum DoubleByteTables {}
