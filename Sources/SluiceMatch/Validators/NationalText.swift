/// A number as people write it, without the signs between its groups: capital letters and digits.
struct NationalText: Sendable {
  /// ASCII: `A-Z` and `0-9`.
  let signs: [UInt8]

  /// Nil if anything but letters, digits, blanks and `- . / ( ) +` is in it.
  init?(_ bytes: UnsafeRawBufferPointer) {
    var signs: [UInt8] = []
    signs.reserveCapacity(bytes.count)
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"):
        signs.append(byte)
      case UInt8(ascii: "a")...UInt8(ascii: "z"): signs.append(byte - 32)
      case UInt8(ascii: " "), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "/"),
        UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "+"):
        continue
      default: return nil
      }
    }
    self.signs = signs
  }

  /// The digits, if there are exactly so many and nothing else, and not all are alike.
  func digits(_ count: Int) -> [Int]? {
    guard signs.count == count, let values = Self.values(signs[...]), Set(values).count > 1
    else { return nil }
    return values
  }

  /// The values of a stretch of digits; nil if something else is in it.
  func digits(_ range: Range<Int>) -> [Int]? {
    guard range.upperBound <= signs.count else { return nil }
    return Self.values(signs[range])
  }

  /// 0 for A, 25 for Z; nil where no letter stands.
  func letter(_ index: Int) -> Int? {
    guard index < signs.count, signs[index] >= UInt8(ascii: "A") else { return nil }
    return Int(signs[index] - UInt8(ascii: "A"))
  }

  private static func values(_ signs: ArraySlice<UInt8>) -> [Int]? {
    var values: [Int] = []
    for sign in signs {
      guard sign <= UInt8(ascii: "9") else { return nil }
      values.append(Int(sign - UInt8(ascii: "0")))
    }
    return values
  }
}
