/// A ULID: 48 bits of milliseconds since 1970, then 80 random bits, in Crockford's base 32
/// (26 characters, upper case), so that ids sort by the time of the claim.
///
/// Source of the format: https://github.com/ulid/spec
package struct ItemID: Sendable, Hashable, Comparable, CustomStringConvertible {
  package let description: String

  /// - Returns: nil unless `text` is 26 characters of Crockford's alphabet, upper case, at most
  ///   `7ZZZZZZZZZZZZZZZZZZZZZZZZZ`.
  package init?(_ text: some StringProtocol) {
    guard text.utf8.count == 26, text.utf8.first! <= UInt8(ascii: "7"),
      text.utf8.allSatisfy({ Self.alphabet.contains($0) })
    else { return nil }
    description = String(text)
  }

  /// - Parameters:
  ///   - milliseconds: since 1970; the low 48 bits count.
  ///   - random: 80 bits, the high 16 first.
  package init(milliseconds: UInt64, random: (high: UInt16, low: UInt64)) {
    var text: [UInt8] = []
    text.reserveCapacity(26)
    for shift in stride(from: 45, through: 0, by: -5) {
      text.append(Self.alphabet[Int((milliseconds & 0xFFFF_FFFF_FFFF) >> UInt64(shift)) & 31])
    }
    // 80 bits in 16 digits: the first three and a fifth of a digit come from the high part.
    let wide = (UInt128(random.high) << 64) | UInt128(random.low)
    for shift in stride(from: 75, through: 0, by: -5) {
      text.append(Self.alphabet[Int(truncatingIfNeeded: wide >> UInt128(shift)) & 31])
    }
    description = String(decoding: text, as: UTF8.self)
  }

  package static func < (left: ItemID, right: ItemID) -> Bool {
    left.description < right.description
  }

  private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)
}

/// Makes ids that only go up within one process, also when the clock stands still or goes back.
package struct ItemIDGenerator: Sendable {
  private var milliseconds: UInt64 = 0
  private var random: (high: UInt16, low: UInt64) = (0, 0)

  package init() {}

  package mutating func next(
    at time: Timestamp, using generator: inout some RandomNumberGenerator
  ) -> ItemID {
    let now = UInt64(max(0, time.microseconds / 1000))
    if now > milliseconds {
      milliseconds = now
      // The top bit stays clear, so that counting up within a millisecond has room.
      random = (UInt16.random(in: 0...0x7FFF, using: &generator), generator.next())
    } else {
      let (low, carried) = random.low.addingReportingOverflow(1)
      random = (carried ? random.high &+ 1 : random.high, low)
    }
    return ItemID(milliseconds: milliseconds, random: random)
  }
}
