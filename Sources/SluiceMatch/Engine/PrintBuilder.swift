import CSluiceScan

/// Gathers the sequences of all plans, and puts those that look alike into one bucket.
struct PrintBuilder {
  struct Parts {
    var groups: [sluice_prints] = []
    /// By bucket, where its keys begin; by key, where its uses do.
    var firstKey: [UInt32] = [0]
    var firstUse: [UInt32] = [0]
    var uses: [PrintUse] = []
    /// The bits that the bytes of a sequence have in common; those that are told apart by nothing
    /// are one.
    var keys: [UInt64] = []
    var bytes: [UInt8] = []
  }

  private var prints: [Print] = []
  private var bytes: [UInt8] = []

  init() {}

  var count: Int { prints.count }

  mutating func add(_ slot: LiteralSlot, pattern: Int, isExact: Bool) {
    for literal in slot.literals {
      let text = literal.spelling ?? literal.folded
      var use = PrintUse(pattern: Int32(pattern))
      use.byteStart = Int32(bytes.count)
      use.byteCount = Int32(text.count)
      use.isCaseless = literal.spelling == nil
      bytes += text
      let sets = text.map { ByteSet($0, caseless: use.isCaseless) }
      add(sets, use, slot.lead, isExact)
    }
  }

  mutating func add(
    _ shape: ShapeRequirement, pattern: Int, isExact: Bool, gates: inout GateBuilder
  ) {
    for sequence in shape.sequences {
      var use = PrintUse(pattern: Int32(pattern))
      let known = Array(sequence.prefix(24))
      use.classStart = gates.add(known)
      use.classCount = Int32(known.count)
      add(known.map { ByteSet($0) }, use, shape.lead, isExact)
    }
  }

  private mutating func add(
    _ sets: [ByteSet], _ use: PrintUse, _ lead: ClosedRange<Int>, _ isExact: Bool
  ) {
    let window = Print.rarest(of: sets)
    var best = Print(use: use, sets: window.sets)
    best.use.offset = Int32(window.offset)
    best.use.leadLow = Int32(lead.lowerBound)
    best.use.leadHigh = Int32(lead.upperBound)
    best.use.isExact = isExact
    prints.append(best)
    // The kin of s and k have several bytes: such spellings are looked for by themselves.
    let last = min(sets.count, Int(best.use.offset) + Int(SLUICE_PRINT_BYTES))
    for place in 0..<last where sets[place].isKin {
      var other = best
      other.use.offset = Int32(max(0, place - 1))
      other.sets = sets[Int(other.use.offset)..<place] + ByteSet.kin
      while other.sets.count < Int(SLUICE_PRINT_BYTES) { other.sets.append(.all) }
      prints.append(other)
    }
  }

  /// The places in a million bytes of text at which a sequence has to be compared: those that have the
  /// halves of the bytes of its rarest part. Where that can go on with any character beyond ASCII
  /// before it has told much, texts that are written in such make more.
  static func looks(at sequence: [ByteClass]) -> Double {
    let sets = sequence.map { ByteSet($0) }
    let known = sets.prefix { !$0.isOpen }
    let foreign = known.count < sets.count ? known.reduce(50_000) { $0 * $1.share } : 0
    return Print.rarest(of: sets).sets.reduce(1_000_000) { $0 * $1.halvedShare } + foreign
  }

  /// Nil where no plan looks for a sequence.
  consuming func finish() -> Parts? {
    guard !prints.isEmpty else { return nil }
    let groups = min(6, max(1, (prints.count + 31) / 32))
    var buckets = Array(repeating: Bucket(), count: groups * 8)
    // The commonest first: the rare ones then find the bucket that they fit best.
    for print in prints.sorted(by: { ($0.share, $1.use.pattern) > ($1.share, $0.use.pattern) }) {
      var best = 0
      var least = Double.infinity
      for index in buckets.indices {
        let more = buckets[index].share(with: print) - buckets[index].share
        if more < least {
          least = more
          best = index
        }
      }
      buckets[best].add(print)
    }
    var parts = Parts()
    parts.bytes = bytes
    for group in 0..<groups {
      var made = sluice_prints()
      for bucket in 0..<8 {
        let own = buckets[group * 8 + bucket]
        own.mark(&made, bit: UInt8(1 << bucket))
        for (key, uses) in own.uses.sorted(by: { $0.key < $1.key }) {
          parts.keys.append(key)
          parts.uses += uses
          parts.firstUse.append(UInt32(parts.uses.count))
        }
        parts.firstKey.append(UInt32(parts.keys.count))
      }
      parts.groups.append(made)
    }
    return parts
  }

  /// The classes of the bytes that are looked for.
  private struct Print {
    var use: PrintUse
    var sets: [ByteSet]
    var share: Double { sets.reduce(1) { $0 * $1.share } }

    /// As the pass in C has it: the bytes, and above them which of their bits are the same for all.
    var key: UInt64 {
      sets.enumerated().reduce(0) { key, one in
        let common = UInt64(one.element.common)
        let value = UInt64(one.element.value)
        return key | (common << 32 | value) << UInt64(8 * one.offset)
      }
    }

    init(use: PrintUse, sets: [ByteSet]) {
      self.use = use
      self.sets = sets
    }

    /// The part of a sequence that is looked for.
    static func rarest(of sets: [ByteSet]) -> (offset: Int, sets: [ByteSet]) {
      var best = (offset: 0, sets: window(of: sets, at: 0))
      var least = best.sets.reduce(1) { $0 * $1.share }
      for offset in sets.indices.dropFirst() {
        // Bytes behind a character that may have several are at no fixed place.
        if sets[offset - 1].isOpen || offset + 2 > sets.count { break }
        let window = window(of: sets, at: offset)
        let share = window.reduce(1) { $0 * $1.share }
        if share < least { (best, least) = ((offset, window), share) }
      }
      return best
    }

    static func window(of sets: [ByteSet], at offset: Int) -> [ByteSet] {
      var window: [ByteSet] = []
      for index in offset..<offset + Int(SLUICE_PRINT_BYTES) {
        let isKnown = index < sets.count && !(window.last?.isOpen ?? false)
        window.append(isKnown ? sets[index] : .all)
      }
      return window
    }
  }

  /// What the tables make of the sequences of a bucket: their halves of bytes, in any combination.
  private struct Bucket {
    private(set) var uses: [UInt64: [PrintUse]] = [:]
    private var sets: [ByteSet] = []
    private(set) var share = 0.0

    mutating func add(_ print: Print) {
      share = share(with: print)
      sets = sets.isEmpty ? print.sets : zip(sets, print.sets).map { $0.union($1) }
      uses[print.key, default: []].append(print.use)
    }

    func share(with print: Print) -> Double {
      let all = sets.isEmpty ? print.sets : zip(sets, print.sets).map { $0.union($1) }
      return all.reduce(1) { $0 * $1.halvedShare }
    }

    func mark(_ group: inout sluice_prints, bit: UInt8) {
      for (index, set) in sets.enumerated() {
        withUnsafeMutableBytes(of: &group.low) { low in
          for half in 0..<16 where set.low >> UInt16(half) & 1 == 1 {
            low[index * 16 + half] |= bit
          }
        }
        withUnsafeMutableBytes(of: &group.high) { high in
          for half in 0..<16 where set.high >> UInt16(half) & 1 == 1 {
            high[index * 16 + half] |= bit
          }
        }
      }
    }
  }
}
