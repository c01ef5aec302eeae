/// The strings that the sheets of a workbook share, and which of them a sheet shows. Kept only where
/// a sheet is hidden, so that what it says can be said as hidden.
/// Source: ECMA-376, part 1, sections 18.3.1.4 (`c`) and 18.4.8 (`si`).
final class SharedStrings: XMLSink {
  private(set) var strings: [[UInt8]] = []
  private var room: Int
  private var isText = false
  private var isPronunciation = false

  init(limit: Int) { room = limit }

  var isFull: Bool { room <= 0 }

  func enter(_ name: String, _ attributes: [(name: String, value: String)]) {
    switch name {
    case "si":
      strings.append([])
      room -= 1
    case "t": isText = true
    case "rPh": isPronunciation = true
    default: break
    }
  }

  func leave(_ name: String) {
    if name == "t" { isText = false }
    if name == "rPh" { isPronunciation = false }
  }

  func text(_ bytes: UnsafeRawBufferPointer) {
    guard isText, !isPronunciation, !strings.isEmpty else { return }
    strings[strings.count - 1] += bytes
    room -= bytes.count
  }

  func comment(_ text: String) {}
}

/// The numbers of the shared strings that a sheet shows, row by row.
final class SheetCells: XMLSink {
  private(set) var rows: [[Int]] = []
  private var room: Int
  private var isShared = false
  private var isValue = false
  private var number = 0

  init(limit: Int) { room = limit }

  var isFull: Bool { room <= 0 }

  func enter(_ name: String, _ attributes: [(name: String, value: String)]) {
    switch name {
    case "row": rows.append([])
    case "c": isShared = attributes.contains { $0.name == "t" && $0.value == "s" }
    case "v":
      isValue = isShared
      number = 0
    default: break
    }
  }

  func leave(_ name: String) {
    guard name == "v", isValue else { return }
    isValue = false
    if rows.isEmpty { rows.append([]) }
    rows[rows.count - 1].append(number)
    room -= 8
  }

  func text(_ bytes: UnsafeRawBufferPointer) {
    guard isValue else { return }
    for byte in bytes where (0x30...0x39).contains(byte) && number < 1 << 40 {
      number = number * 10 + Int(byte - 0x30)
    }
  }

  func comment(_ text: String) {}
}
