/// Reading of numbers as people write them.
enum Digits {
  /// The values of a number written with single spaces, hyphens or dots between its digits; empty
  /// if anything else is in it.
  static func separated(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
    var digits: [UInt8] = []
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digits.append(byte - UInt8(ascii: "0"))
      case UInt8(ascii: " "), UInt8(ascii: "-"), UInt8(ascii: "."): continue
      default: return []
      }
    }
    return digits
  }

  static func number(_ digits: ArraySlice<UInt8>) -> Int {
    digits.reduce(0) { $0 * 10 + Int($1) }
  }
}
