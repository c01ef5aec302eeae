/// Whether bytes make sense as UTF-16 or UTF-32, in either order.
struct WideProfile {
  private(set) var little = Units()
  private(set) var big = Units()
  private(set) var little32 = Units()
  private(set) var big32 = Units()

  /// What the units of one order come to.
  struct Units {
    var count = 0
    /// Letters, digits and signs of some script.
    var textual = 0
    /// Pairs of printable ASCII, which say nothing.
    var neutral = 0
    /// Halves of surrogate pairs, control characters, private use, noncharacters.
    var bad = 0
    /// Units whose low byte is 0: what text looks like in the wrong order.
    var skewed = 0

    /// So much of it is nonsense that there is no use in counting on. If text in this order follows
    /// all the same, it is found by its runs.
    var isHopeless: Bool { count > 100_000 && (bad * 10 > count || textual * 4 < count - neutral) }

    var isPlausible: Bool {
      !isHopeless && textual > 0 && bad * 20 <= count && textual * 10 >= (count - neutral) * 6
        && textual * 10 >= count * 5 && skewed * 3 <= count
    }
  }

  mutating func add(_ bytes: UnsafeBufferPointer<UInt8>, at origin: Int, mayBe32: Bool) {
    Self.add16(bytes, at: origin, bigEndian: false, to: &little)
    Self.add16(bytes, at: origin, bigEndian: true, to: &big)
    if mayBe32 {
      Self.add32(bytes, at: origin, bigEndian: false, to: &little32)
      Self.add32(bytes, at: origin, bigEndian: true, to: &big32)
    }
  }

  private static func add16(
    _ bytes: UnsafeBufferPointer<UInt8>, at origin: Int, bigEndian: Bool, to units: inout Units
  ) {
    guard !units.isHopeless else { return }
    let table = WideCharacter.table
    var index = origin & 1
    var high = false
    while index + 2 <= bytes.count {
      let unit = bytes.unit(at: index, bigEndian: bigEndian)
      units.count &+= 1
      if unit & 0xFF == 0, unit != 0 { units.skewed &+= 1 }
      if unit & 0xF800 == 0xD800 {
        let isLow = unit >= 0xDC00
        // The first half is taken for half a mistake until the other follows.
        if isLow == high {
          units.textual &+= isLow ? 2 : 0
          units.bad &-= isLow ? 1 : -1
        } else {
          units.bad &+= 1
        }
        high = !isLow
      } else {
        high = false
        switch table[Int(unit)] {
        case .asciiPair: units.neutral &+= 1
        case .other, .surrogate:
          if unit < 0x20 || unit >= 0xE000 && unit < 0xF900 || unit >= 0xFFFE { units.bad &+= 1 }
        default: units.textual &+= 1
        }
      }
      index &+= 2
    }
  }

  private static func add32(
    _ bytes: UnsafeBufferPointer<UInt8>, at origin: Int, bigEndian: Bool, to units: inout Units
  ) {
    guard !units.isHopeless else { return }
    let table = WideCharacter.table
    var index = (4 - origin & 3) & 3
    while index + 4 <= bytes.count {
      let value = bytes.word(at: index, bigEndian: bigEndian)
      units.count &+= 1
      if value >= 0x110000 || value < 0x09 || value & 0xFFFF_F800 == 0xD800 {
        units.bad &+= 1
      } else if value >= 0x10000 || table[Int(value)] != .other {
        units.textual &+= 1
      }
      index &+= 4
    }
  }
}
