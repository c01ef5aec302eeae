import CSluiceScan

/// Gathers the words and uses of all plans into a table.
struct TriggerBuilder {
  /// What a table is made of.
  struct Parts {
    var dictionary = sluice_dictionary()
    var bitmap: [UInt64] = []
    var filter: [UInt64] = []
    var keys: [UInt64] = []
    var values: [UInt32] = []
    var firstUse: [Int32] = [0]
    /// By word, where those of its uses begin that ask for a word near.
    var firstNear: [Int32] = []
    var uses: [TriggerUse] = []
    var sets: [UInt64] = []
    var setKeys: [UInt64] = []
    var neighbours = NeighbourFilter()
    var spellings: [UInt8] = []
    var runs: [RunUse] = []
    /// By pattern.
    var starts: [StartUse] = []
    var startSequences: [StartSequence] = []
    var startBits: [UInt64] = []
  }

  private var parts = Parts()
  private var usesByKey: [UInt64: [TriggerUse]] = [:]
  private var known: [[UInt64]: TagSet] = [:]
  /// Both tags of a set's words, by its offset.
  private var setTags: [Int32: [UInt16]] = [:]
  /// Words of a set above which only their tags are compared.
  private static let mostKeys = 128
  /// Heads of words that ASCII words of a text are compared with, and the keys of the whole ones.
  private var heads: [(head: UInt64, key: UInt64?)] = []

  init() {}

  mutating func add(_ plan: PatternPlan, pattern: Int) {
    switch plan.trigger {
    case .words(let slot): add(slot, plan, pattern)
    case .run(let run): add(run, plan, pattern)
    case .literals, .shape, .vectorscan, .ways, .everywhere: break
    }
  }

  /// Keeps what all matches of a pattern begin with; nil where that is not known.
  mutating func add(starts: StartRequirement?, pattern: Int, gates: inout GateBuilder) {
    precondition(parts.starts.count == pattern)
    guard let starts else { return parts.starts.append(StartUse()) }
    for word in starts.words { addPair(of: word) }
    let set = StartBits(starts)
    parts.starts.append(
      StartUse(
        bits: Int32(parts.startBits.count), first: Int32(parts.startSequences.count),
        count: Int32(set.sequences.count)))
    parts.startBits += set.bits
    for sequence in set.sequences {
      parts.startSequences.append(
        StartSequence(classStart: gates.add(sequence), classCount: Int32(sequence.count)))
    }
  }

  /// Nil where no plan needs the words of the text.
  consuming func finish() -> Parts? {
    guard !usesByKey.isEmpty || !parts.runs.isEmpty || !parts.startBits.isEmpty else {
      return nil
    }
    let count = max(1, usesByKey.count)
    // One bit in sixteen at most is set, one slot in four taken.
    let bitmapBits = max(16, Self.bits(for: count * 16))
    let tableBits = max(8, Self.bits(for: count * 4))
    parts.bitmap = Array(repeating: 0, count: 1 << (bitmapBits - 6))
    parts.keys = Array(repeating: 0, count: 1 << tableBits)
    parts.values = Array(repeating: 0, count: 1 << tableBits)
    var near: Set<UInt64> = []
    for (number, entry) in usesByKey.sorted(by: { $0.key < $1.key }).enumerated() {
      let bit = entry.key >> UInt64(64 - bitmapBits)
      parts.bitmap[Int(bit >> 6)] |= 1 << (bit & 63)
      var at = Int(entry.key >> UInt64(64 - tableBits))
      while parts.keys[at] != 0 { at = (at + 1) & (parts.keys.count - 1) }
      parts.keys[at] = entry.key
      parts.values[at] = UInt32(number)
      let uses = entry.value.map { (use: $0, near: NearDemand($0)) }
      parts.uses += uses.filter { $0.near.side == .none }.map(\.use)
      parts.firstNear.append(Int32(parts.uses.count))
      parts.uses += uses.filter { $0.near.side != .none }.map(\.use)
      parts.firstUse.append(Int32(parts.uses.count))
      for one in uses where one.near.side != .none {
        for tags in setTags[one.near.set] ?? [] { near.insert(NeighbourFilter.pair(number, tags)) }
      }
    }
    parts.neighbours = NeighbourFilter(near)
    parts.dictionary.bitmap_shift = UInt8(64 - bitmapBits)
    parts.dictionary.table_shift = UInt8(64 - tableBits)
    parts.dictionary.table_mask = UInt64(parts.keys.count - 1)
    parts.dictionary.long_least = parts.runs.map { UInt32($0.least) }.min() ?? .max
    filter()
    return parts
  }

  private mutating func filter() {
    // Of the bits of a slot, about one in sixty-four is set by whole words.
    let bits = max(10, Self.bits(for: max(1, heads.count)))
    parts.filter = Array(repeating: 0, count: 1 << bits)
    parts.dictionary.filter_shift = UInt8(64 - bits)
    for (head, key) in heads {
      parts.filter[Int(head >> UInt64(64 - bits))] |= key.map { 1 << ($0 >> 58) } ?? .max
    }
  }

  private static func bits(for count: Int) -> Int {
    Int.bitWidth - (count - 1).leadingZeroBitCount
  }

  private mutating func add(_ slot: WordSlot, _ plan: PatternPlan, _ pattern: Int) {
    var use = TriggerUse(pattern: Int32(pattern))
    switch plan.start {
    case .fixed(let lead):
      use.start = .fixed
      use.leadLow = Int32(lead)
    case .word(let first, let index, let lead):
      use.startSet = set(of: first)
      use.start = index == nil ? .wordInBytes : .word
      (use.backLow, use.backHigh) = (Int32(index?.lowerBound ?? 0), Int32(index?.upperBound ?? 0))
      (use.leadLow, use.leadHigh) = (Int32(lead.lowerBound), Int32(lead.upperBound))
    case .stretch(let lead, let index):
      use.start = plan.start.isExact ? .each : .stretch
      (use.leadLow, use.leadHigh) = (Int32(lead.lowerBound), Int32(lead.upperBound))
      (use.backLow, use.backHigh) = (Int32(index?.lowerBound ?? 0), Int32(index?.upperBound ?? -1))
    case .search(let lead):
      use.start = .stretch
      (use.leadLow, use.leadHigh) = (Int32(lead.lowerBound), Int32(lead.upperBound))
      use.backHigh = -1
    }
    if let demand = plan.demand {
      use.demandSet = set(of: demand.slot)
      use.demand = demand.index == nil ? .wordInBytes : .word
      let range = demand.index ?? demand.lead
      (use.demandLow, use.demandHigh) = (Int32(range.lowerBound), Int32(range.upperBound))
      if use.demandSet.offset < 0 { use.demand = .none }
    }
    for word in slot.words {
      var own = use
      if let spelling = word.spelling {
        own.spellingStart = Int32(parts.spellings.count)
        own.spellingCount = Int32(spelling.count)
        parts.spellings += spelling
      }
      if let length = word.length {
        own.lengthLow = Int32(clamping: length.lowerBound)
        own.lengthHigh = Int32(clamping: length.upperBound)
      }
      usesByKey[key(of: word), default: []].append(own)
    }
  }

  private mutating func add(_ run: RunRequirement, _ plan: PatternPlan, _ pattern: Int) {
    parts.runs.append(
      RunUse(
        pattern: Int32(pattern), least: Int32(clamping: run.least),
        most: Int32(clamping: run.most ?? .max), stretch: Int32(clamping: run.stretch.lowerBound),
        alphabet: run.alphabet, atStart: run.atStart, leadLow: Int32(run.lead.lowerBound),
        leadHigh: Int32(run.lead.upperBound), isExact: plan.start.isExact))
  }

  static func scalars(_ word: RequiredWord) -> [UInt32] {
    String(decoding: word.folded, as: UTF8.self).unicodeScalars.map(\.value)
  }

  /// The head of a word that goes on must lie within what is known of it.
  static func hasKnownHead(_ word: RequiredWord) -> Bool {
    guard word.ending == .open else { return true }
    let scalars = Self.scalars(word)
    let known = scalars.prefix(3)
    return known.allSatisfy { $0 < 0x80 } ? known.count == 3 : scalars.count >= 2
  }

  private static func key(of word: RequiredWord) -> UInt64 {
    let scalars = scalars(word)
    return sluice_key(scalars, scalars.count, 0)
  }

  private mutating func key(of word: RequiredWord) -> UInt64 {
    let scalars = Self.scalars(word)
    addPair(of: word)
    guard word.ending == .open else {
      let key = sluice_key(scalars, scalars.count, 0)
      if scalars.allSatisfy({ $0 < 0x80 }) {
        heads.append((sluice_head(scalars, scalars.count), key))
      }
      return key
    }
    let length = sluice_open_length(scalars, scalars.count)
    if length > 0 {
      parts.dictionary.open_narrow |= 1 << UInt32(length)
      if length >= 3 {
        heads.append((sluice_head(scalars, scalars.count), nil))
      } else {
        var lengths: UInt8 = 0
        let range = word.length ?? 0...7
        for length in min(7, range.lowerBound)...min(7, range.upperBound) {
          lengths |= 1 << UInt8(length)
        }
        withUnsafeMutableBytes(of: &parts.dictionary.lengths) {
          $0[Int(scalars[0] | 0x20)] |= lengths
        }
      }
    } else {
      parts.dictionary.open_wide |= 1 << UInt32(-length)
    }
    return sluice_key(scalars, scalars.count, 1)
  }

  private mutating func addPair(of word: RequiredWord) {
    let scalars = Self.scalars(word)
    let isKnown = scalars.count > 1 || word.ending == .exact
    let pair = Int(sluice_pair(scalars, scalars.count))
    withUnsafeMutableBytes(of: &parts.dictionary.pairs) {
      if isKnown {
        $0.assumingMemoryBound(to: UInt64.self)[pair >> 6] |= 1 << UInt64(pair & 63)
      } else {
        for index in $0.indices { $0[index] = .max }
      }
    }
  }

  /// The tags of a slot's words: of those that end where the text's do, and the heads of others.
  private mutating func set(of slot: WordSlot) -> TagSet {
    var bits = [UInt64](repeating: 0, count: 8)
    for word in slot.words {
      addPair(of: word)
      if !Self.hasKnownHead(word) { return .any }
      let scalars = Self.scalars(word)
      let tags = sluice_tags(scalars, scalars.count)
      let tag = word.ending == .exact ? Int(tags & 0xFF) : 256 + Int(tags >> 8)
      bits[tag >> 6] |= 1 << UInt64(tag & 63)
    }
    let whole = slot.words.filter { $0.ending == .exact }
    let keys = whole.count <= Self.mostKeys ? whole.map { Self.key(of: $0) } : []
    if let set = known[bits + keys] { return set }
    let set = TagSet(
      offset: Int32(parts.sets.count), hasHeads: whole.count < slot.words.count,
      keyCount: UInt16(keys.count), keyStart: Int32(parts.setKeys.count))
    parts.sets += bits
    parts.setKeys += keys
    setTags[set.offset] = slot.words.map {
      let scalars = Self.scalars($0)
      return sluice_tags(scalars, scalars.count)
    }
    known[bits + keys] = set
    return set
  }
}
