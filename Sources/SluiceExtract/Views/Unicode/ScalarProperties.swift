/// What the views need to know of one Unicode scalar.
struct ScalarProperties: OptionSet {
  let rawValue: UInt32

  /// Shown as nothing: Unicode's Default_Ignorable_Code_Point.
  static let ignorable = ScalarProperties(rawValue: 1 << 0)
  static let mark = ScalarProperties(rawValue: 1 << 1)
  static let letter = ScalarProperties(rawValue: 1 << 2)
  static let digit = ScalarProperties(rawValue: 1 << 3)
  /// NFKC may change it, alone or beside others.
  static let changes = ScalarProperties(rawValue: 1 << 4)
  /// A Latin letter with marks that no language writes.
  static let odd = ScalarProperties(rawValue: 1 << 5)
  static let space = ScalarProperties(rawValue: 1 << 6)
  /// A control character other than white space.
  static let control = ScalarProperties(rawValue: 1 << 7)
  static let upper = ScalarProperties(rawValue: 1 << 11)
  /// A letter of another script that looks like Latin letters, exactly or nearly.
  static let foreign = ScalarProperties(rawValue: 1 << 12)
  /// One of those that look exactly like them.
  static let strict = ScalarProperties(rawValue: 1 << 13)
  /// A sign that stands for Latin letters wherever it is written.
  static let always = ScalarProperties(rawValue: 1 << 14)
  /// A symbol that can stand for a letter between letters.
  static let symbol = ScalarProperties(rawValue: 1 << 15)
  /// A letter of some Latin alphabets that looks like others.
  static let soft = ScalarProperties(rawValue: 1 << 24)

  /// Of these, none leaves a scalar as it is whatever stands beside it.
  static let unquiet: ScalarProperties = [.ignorable, .changes, .odd, .control, .always]
  static let wordy: ScalarProperties = [.letter, .digit, .mark]

  /// Of letters.
  enum Script: UInt32 { case none, latin, cyrillic, greek, other, unspaced }
  var script: Script { Script(rawValue: rawValue >> 8 & 7) ?? .none }
  /// One bit for each script, to be gathered over a word.
  var scriptBit: UInt32 { 1 << (rawValue >> 8 & 7) }

  var combiningClass: UInt8 { UInt8(truncatingIfNeeded: rawValue >> 16) }
}

/// The properties of all scalars, in two stages; made once from the generated table.
///
/// Unchecked, since its memory is written only in `init` and never freed: there is but `shared`.
final class PropertyTable: @unchecked Sendable {
  static let shared = PropertyTable()

  private let pages: UnsafeMutablePointer<UInt16>
  private let values: UnsafeMutablePointer<UInt32>

  private init() {
    var pages = [UInt16](repeating: 0, count: 0x110000 / 128)
    var values = [UInt32](repeating: 0, count: 128)
    // Pages of one value throughout are shared, the one of nothing first.
    var uniform: [UInt32: UInt16] = [0: 0]
    func add(_ value: UInt32) -> UInt16 {
      values.append(contentsOf: repeatElement(value, count: 128))
      return UInt16(values.count / 128 - 1)
    }
    TableReader.entries(of: FoldTables.properties) { entry in
      var scalar = Int(entry[0])
      let end = scalar + Int(entry[1])
      while scalar < end {
        let page = scalar / 128
        let stop = min(end, page * 128 + 128)
        if stop - scalar == 128 {
          pages[page] = uniform[entry[2]] ?? add(entry[2])
          uniform[entry[2]] = pages[page]
        } else {
          if pages[page] == 0 { pages[page] = add(0) }
          let start = Int(pages[page]) * 128
          for index in start + scalar % 128..<start + (stop - 1) % 128 + 1 {
            values[index] = entry[2]
          }
        }
        scalar = stop
      }
    }
    self.pages = .allocate(capacity: pages.count)
    self.pages.initialize(from: pages, count: pages.count)
    self.values = .allocate(capacity: values.count)
    self.values.initialize(from: values, count: values.count)
  }

  @inline(__always) subscript(scalar: UInt32) -> ScalarProperties {
    let page = Int(pages[Int(scalar >> 7)])
    return ScalarProperties(rawValue: values[page &* 128 &+ Int(scalar & 127)])
  }
}

/// Reads the generated tables: entries separated by blanks, of hexadecimal numbers with commas.
enum TableReader {
  static func entries(of table: StaticString, _ body: ([UInt32]) -> Void) {
    var entry: [UInt32] = []
    var value: UInt32 = 0
    var hasDigit = false
    table.withUTF8Buffer { bytes in
      for byte in bytes {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"):
          value = value << 4 | UInt32(byte & 15)
          hasDigit = true
        case UInt8(ascii: "a")...UInt8(ascii: "f"):
          value = value << 4 | UInt32(byte - 87)
          hasDigit = true
        default:
          if hasDigit { entry.append(value) }
          (value, hasDigit) = (0, false)
          if byte != UInt8(ascii: ","), !entry.isEmpty {
            body(entry)
            entry.removeAll(keepingCapacity: true)
          }
        }
      }
    }
    if hasDigit { entry.append(value) }
    if !entry.isEmpty { body(entry) }
  }
}
