/// The machine-readable zone of passports and identity cards: two lines of 44 or 36 signs, or three
/// of 30, with check digits over number, birth, expiry and all of them (ICAO Doc 9303, parts 4–6).
enum MachineReadableZone {
  static let validator = Validator("mrz") { bytes, _ in
    var lines: [[UInt8]] = [[]]
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
        UInt8(ascii: "<"):
        lines[lines.count - 1].append(byte)
      case UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: " "), UInt8(ascii: "\t"):
        if lines[lines.count - 1].isEmpty == false { lines.append([]) }
      default: return false
      }
    }
    if lines.last?.isEmpty == true { lines.removeLast() }
    switch (lines.count, Set(lines.map(\.count))) {
    case (2, [44]):
      let line = lines[1]
      return holds(line, 0..<9) && holds(line, 13..<19) && holds(line, 21..<27)
        && check(line[0..<10] + line[13..<20] + line[21..<43]) == value(line[43])
    case (2, [36]):
      let line = lines[1]
      return holds(line, 0..<9) && holds(line, 13..<19) && holds(line, 21..<27)
        && check(line[0..<10] + line[13..<20] + line[21..<35]) == value(line[35])
    case (3, [30]):
      return holds(lines[0], 5..<14) && holds(lines[1], 0..<6) && holds(lines[1], 8..<14)
        && check(lines[0][5..<30] + lines[1][0..<7] + lines[1][8..<15] + lines[1][18..<29])
          == value(lines[1][29])
    default: return false
    }
  }

  /// Whether the sign after a field is its check digit.
  private static func holds(_ line: [UInt8], _ field: Range<Int>) -> Bool {
    check(line[field]) == value(line[field.upperBound])
  }

  private static func check(_ signs: some Sequence<UInt8>) -> Int {
    signs.enumerated().reduce(0) { $0 + value($1.element) * [7, 3, 1][$1.offset % 3] } % 10
  }

  private static func value(_ sign: UInt8) -> Int {
    switch sign {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(sign) - 48
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): Int(sign) - 55
    default: 0
    }
  }
}
