/// Bytes by the halves that they are made of: a bit for each low half and each high half.
struct ByteSet {
  private(set) var low: UInt16 = 0
  private(set) var high: UInt16 = 0
  /// Bits that all its bytes have the same, and what they are.
  private(set) var common: UInt8 = .max
  private(set) var value: UInt8 = 0
  /// Of all bytes of a text, about how many are in the set itself.
  private(set) var share = 0.0
  /// Whether characters of several bytes are among them.
  private(set) var isOpen = false
  /// Whether those are U+017F and U+212A at most, which are left out of the bytes.
  private(set) var isKin = false

  static let all: ByteSet = {
    var set = ByteSet()
    (set.low, set.high, set.share, set.isOpen) = (.max, .max, 1, true)
    set.common = 0
    return set
  }()

  private init() {}

  init(_ byte: UInt8, caseless: Bool) {
    insert(byte)
    let lower = byte | 0x20
    if caseless, (97...122).contains(lower) { insert(byte ^ 0x20) }
  }

  init(_ one: ByteClass) {
    for byte in UInt8(0)..<128 where one.contains(byte) { insert(byte) }
    isKin = one.kin
    guard one.others, !one.kin else { return }
    isOpen = true
    for byte in UInt8(0xC0)...0xFF { insert(byte) }
  }

  /// The first and the second bytes of U+017F and U+212A.
  static let kin = [ByteSet([0xC5, 0xE2]), ByteSet([0xBF, 0x84])]

  private init(_ bytes: [UInt8]) {
    for byte in bytes { insert(byte) }
  }

  private mutating func insert(_ byte: UInt8) {
    common = low == 0 ? .max : common & ~(value ^ byte)
    value = byte & common
    low |= 1 << UInt16(byte & 15)
    high |= 1 << UInt16(byte >> 4)
    share += Self.share(of: byte)
  }

  func union(_ other: ByteSet) -> ByteSet {
    var set = self
    set.low |= other.low
    set.high |= other.high
    set.share = min(1, share + other.share)
    set.isOpen = isOpen || other.isOpen
    set.common &= other.common & ~(value ^ other.value)
    set.value &= set.common
    return set
  }

  /// The share of all bytes made of one of the low and one of the high halves.
  var halvedShare: Double {
    var sum = 0.0
    for upper in 0..<16 where high >> UInt16(upper) & 1 == 1 {
      for lower in 0..<16 where low >> UInt16(lower) & 1 == 1 {
        sum += Self.shares[upper << 4 | lower]
      }
    }
    return sum
  }

  private static func share(of byte: UInt8) -> Double { shares[Int(byte)] }

  /// About how often each byte stands in written text: letters by their order of frequency in
  /// English, and round figures for the rest.
  private static let shares: [Double] = {
    var shares = Array(repeating: 0.0002, count: 256)
    for (index, letter) in "etaoinsrhldcumfpgwybvkxjqz".utf8.enumerated() {
      let share = 0.09 * (1 - Double(index) / 27)
      shares[Int(letter)] = share
      shares[Int(letter) - 32] = share * 0.06 + 0.0005
    }
    for byte in 48...57 { shares[byte] = 0.005 }
    for byte in 128..<256 { shares[byte] = 0.0006 }
    for byte in ",.-".utf8 { shares[Int(byte)] = 0.01 }
    for byte in "()/:'\"_*=".utf8 { shares[Int(byte)] = 0.003 }
    shares[10] = 0.025
    shares[32] = 0.16
    return shares
  }()
}
