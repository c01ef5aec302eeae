/// How a part of a pattern ties the place where it begins to the place where it ends: of all texts
/// that it may match, which pairs at the start go with which at the end, and how many words begin
/// between, the start included and the end not. Wider than the truth where that is not known, never
/// narrower.
struct BoundaryRelation: Sendable, Hashable {
  /// The ends that go with each start.
  private var ends: (PlacePairs, PlacePairs, PlacePairs, PlacePairs) = (.none, .none, .none, .none)
  /// Words by start and end, number `4 × start + end`.
  private var words = SmallCounts()

  static let identity = BoundaryRelation(keeping: .all)
  static let none = BoundaryRelation()
  /// Of one character, by the raw value of its classes.
  private static let characters = (0..<4).map {
    BoundaryRelation(oneOf: CharacterClasses(rawValue: UInt8($0)))
  }

  private init() {}

  /// Of what has no width: holds at these places only.
  init(keeping pairs: PlacePairs) {
    for pair in 0..<4 where pairs.contains(pair) { allow(pair, pair, 0, 0) }
  }

  /// Of one character.
  init(_ classes: CharacterClasses) { self = Self.characters[Int(classes.rawValue)] }

  private init(oneOf classes: CharacterClasses) {
    for start in 0..<4 {
      let isWord = start & 1 == 1
      guard classes.contains(isWord ? .word : .other) else { continue }
      let begins = start == PlacePairs.wordStart ? 1 : 0
      for after in 0..<2 { allow(start, (isWord ? 2 : 0) + after, begins, begins) }
    }
  }

  /// Of any text.
  static let any: BoundaryRelation = {
    var relation = BoundaryRelation.none
    for start in 0..<4 {
      for end in 0..<4 { relation.allow(start, end, 0, SmallCounts.many) }
    }
    return relation
  }()

  private func ends(of start: Int) -> PlacePairs {
    switch start {
    case 0: ends.0
    case 1: ends.1
    case 2: ends.2
    default: ends.3
    }
  }

  private mutating func allow(_ start: Int, _ end: Int, _ low: Int, _ high: Int) {
    words.allow(start * 4 + end, low, high, isNew: !ends(of: start).contains(end))
    switch start {
    case 0: ends.0.insert(end)
    case 1: ends.1.insert(end)
    case 2: ends.2.insert(end)
    default: ends.3.insert(end)
    }
  }

  /// The starts from which some of these ends can be come to.
  func preimage(of pairs: PlacePairs) -> PlacePairs {
    var result = PlacePairs.none
    for start in 0..<4 where !ends(of: start).intersection(pairs).isEmpty { result.insert(start) }
    return result
  }

  func image(of counts: PairCounts) -> PairCounts {
    var result = PairCounts(.none)
    for start in 0..<4 where counts.pairs.contains(start) {
      let ends = ends(of: start)
      for end in 0..<4 where ends.contains(end) {
        result.allow(
          end, counts.least(start) + words.least(start * 4 + end),
          counts.most(start) + words.most(start * 4 + end))
      }
    }
    return result
  }

  func image(of pairs: PlacePairs) -> PlacePairs { image(of: PairCounts(pairs)).pairs }

  func then(_ next: BoundaryRelation) -> BoundaryRelation {
    var result = BoundaryRelation.none
    for start in 0..<4 {
      let middles = ends(of: start)
      for middle in 0..<4 where middles.contains(middle) {
        let ends = next.ends(of: middle)
        for end in 0..<4 where ends.contains(end) {
          result.allow(
            start, end, words.least(start * 4 + middle) + next.words.least(middle * 4 + end),
            words.most(start * 4 + middle) + next.words.most(middle * 4 + end))
        }
      }
    }
    return result
  }

  func union(_ other: BoundaryRelation) -> BoundaryRelation {
    var result = self
    for start in 0..<4 {
      let ends = other.ends(of: start)
      for end in 0..<4 where ends.contains(end) {
        let index = start * 4 + end
        result.allow(start, end, other.words.least(index), other.words.most(index))
      }
    }
    return result
  }

  func repeated(_ count: Repeat) -> BoundaryRelation {
    if count.least == count.most { return power(count.least) }
    return power(count.least).then(union(.identity).power(count.most - count.least))
  }

  private func power(_ count: Int) -> BoundaryRelation {
    if count == 1 { return self }
    var result = BoundaryRelation.identity
    var square = self
    var rest = count
    while rest > 0 {
      if rest & 1 == 1 { result = result.then(square) }
      rest >>= 1
      if rest > 0 { square = square.then(square) }
    }
    return result
  }

  static func == (first: BoundaryRelation, second: BoundaryRelation) -> Bool {
    first.ends == second.ends && first.words == second.words
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(ends.0)
    hasher.combine(ends.1)
    hasher.combine(ends.2)
    hasher.combine(ends.3)
    hasher.combine(words)
  }
}

/// Sixteen ranges of small numbers, a byte each bound.
struct SmallCounts: Sendable, Hashable {
  /// As an upper bound: this many or more. Lower bounds stop here.
  static let many = 255

  private var lows: UInt128 = 0
  private var highs: UInt128 = 0

  func least(_ index: Int) -> Int { Int(lows >> UInt128(index * 8) & 255) }
  func most(_ index: Int) -> Int { Int(highs >> UInt128(index * 8) & 255) }

  mutating func allow(_ index: Int, _ low: Int, _ high: Int, isNew: Bool) {
    let shift = UInt128(index * 8)
    let lower = isNew ? min(low, Self.many) : min(low, least(index))
    let upper = isNew ? min(high, Self.many) : min(Self.many, max(high, most(index)))
    lows = lows & ~(255 << shift) | UInt128(lower) << shift
    highs = highs & ~(255 << shift) | UInt128(upper) << shift
  }
}
