/// What must stand at a start before PCRE2 is asked about it; one a pattern.
struct StartGate {
  /// Classes of the first bytes, in the table's list.
  var prefixStart: Int32
  var prefixCount: Int32
  /// Whether no word character may stand before.
  var startsAtWord: Bool
  /// ASCII characters that no match holds, a bit each.
  var strange: (UInt64, UInt64)
}

/// The gates of all patterns, and the classes of bytes that they and the sequences are made of.
///
/// Unchecked: written in `init`, then only read; freed with the last owner.
final class GateTable: @unchecked Sendable {
  let gates: UnsafePointer<StartGate>
  /// Numbers of classes, one after the other.
  let classes: UnsafePointer<UInt16>
  /// 256 bits a class.
  let bits: UnsafePointer<UInt64>
  private let memory = TableMemory()

  init(_ parts: GateBuilder) {
    gates = memory.keep(parts.gates)
    classes = memory.keep(parts.classes)
    bits = memory.keep(parts.bits)
  }

  /// Whether a match of the pattern may begin at `at`, which lies within the text.
  @inline(__always)
  func isOpen(_ pattern: Int, _ text: UnsafePointer<UInt8>, count: Int, at: Int) -> Bool {
    let gate = gates[pattern]
    // The middle of a character is no start.
    if text[at] & 0xC0 == 0x80 { return false }
    if gate.startsAtWord, at > 0, Self.isNarrowWord(text[at - 1]) { return false }
    return holds(gate.prefixStart, gate.prefixCount, text, count: count, at: at)
  }

  /// The first place from which a match can go on to `hit`: behind the last character before it that no
  /// match of the pattern holds, but not before `lower`.
  @inline(__always)
  func first(
    of pattern: Int, _ text: UnsafePointer<UInt8>, from lower: Int, before hit: Int
  ) -> Int {
    let strange = gates[pattern].strange
    guard strange.0 | strange.1 != 0 else { return lower }
    var at = hit
    while at > lower {
      let byte = text[at - 1]
      let bits = byte < 64 ? strange.0 : byte < 128 ? strange.1 : 0
      if bits >> UInt64(byte & 63) & 1 != 0 { return at }
      at -= 1
    }
    return lower
  }

  /// Whether the classes from `first` on may stand at `at`.
  @inline(__always)
  func holds(
    _ first: Int32, _ length: Int32, _ text: UnsafePointer<UInt8>, count: Int, at: Int
  ) -> Bool {
    var index = 0
    let length = Int(length)
    guard at + length <= count else { return length == 0 }
    while index < length {
      let byte = text[at + index]
      let block = Int(classes[Int(first) + index]) * 4 + Int(byte >> 6)
      if bits[block] >> UInt64(byte & 63) & 1 == 0 { return false }
      // Characters beyond ASCII have several bytes: what follows cannot be said.
      if byte >= 0x80 { return true }
      index += 1
    }
    return true
  }

  @inline(__always)
  static func isNarrowWord(_ byte: UInt8) -> Bool {
    (byte | 0x20) &- 97 < 26 || byte &- 48 < 10 || byte == 95
  }
}

/// Gathers gates and classes.
struct GateBuilder {
  private(set) var gates: [StartGate] = []
  private(set) var classes: [UInt16] = []
  private(set) var bits: [UInt64] = []
  private var numbers: [ByteClass: UInt16] = [:]

  init() {}

  /// What was gathered before; nothing can be added to it.
  init(gates: [StartGate], classes: [UInt16], bits: [UInt64]) {
    self.gates = gates
    self.classes = classes
    self.bits = bits
  }

  mutating func add(_ needs: PatternRequirements) {
    let prefix = Array(needs.prefix.prefix(24))
    let strange = ~needs.alphabet.ascii
    gates.append(
      StartGate(
        prefixStart: add(prefix), prefixCount: Int32(prefix.count),
        startsAtWord: needs.startsAtWord,
        strange: (UInt64(truncatingIfNeeded: strange), UInt64(truncatingIfNeeded: strange >> 64))))
  }

  /// The place of a sequence in the list of classes.
  mutating func add(_ sequence: [ByteClass]) -> Int32 {
    let start = Int32(classes.count)
    for one in sequence { classes.append(number(of: one)) }
    return start
  }

  private mutating func number(of one: ByteClass) -> UInt16 {
    if let number = numbers[one] { return number }
    let number = UInt16(numbers.count)
    numbers[one] = number
    for quarter in 0..<4 {
      var set: UInt64 = 0
      for bit in 0..<64 where one.contains(UInt8(quarter * 64 + bit)) { set |= 1 << UInt64(bit) }
      bits.append(set)
    }
    return number
  }
}
