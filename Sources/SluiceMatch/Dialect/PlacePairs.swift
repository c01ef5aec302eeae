/// What characters are to a word boundary. The edges of the text are as `.other`.
struct CharacterClasses: OptionSet, Sendable, Hashable {
  let rawValue: UInt8
  static let word = CharacterClasses(rawValue: 1)
  static let other = CharacterClasses(rawValue: 2)
  static let any: CharacterClasses = [.word, .other]
}

/// The pairs of classes that may stand before and after one place in a text: a bit for each of the
/// four, number `2 × (word before) + (word after)`.
struct PlacePairs: Sendable, Hashable {
  private var bits: UInt8
  static let none = PlacePairs(bits: 0)
  static let all = PlacePairs(bits: 0b1111)
  /// No word character before, or none after.
  static let otherBefore = PlacePairs(bits: 0b0011)
  static let otherAfter = PlacePairs(bits: 0b0101)
  static let boundary = PlacePairs(bits: 0b0110)
  static let atWordStart = PlacePairs(bits: 0b0010)
  /// The number of the pair at which a word begins.
  static let wordStart = 1

  private init(bits: UInt8) { self.bits = bits }

  var isEmpty: Bool { bits == 0 }
  var opposite: PlacePairs { PlacePairs(bits: ~bits & 0b1111) }
  func contains(_ pair: Int) -> Bool { bits >> UInt8(pair) & 1 == 1 }
  mutating func insert(_ pair: Int) { bits |= 1 << UInt8(pair) }
  func intersection(_ other: PlacePairs) -> PlacePairs { PlacePairs(bits: bits & other.bits) }
  func isSubset(of other: PlacePairs) -> Bool { bits & ~other.bits == 0 }
}

/// The pairs that may stand at one place, and how many words may have begun before it.
struct PairCounts: Sendable, Hashable {
  private(set) var pairs: PlacePairs
  private var words = SmallCounts()

  /// No word has begun yet.
  init(_ pairs: PlacePairs) { self.pairs = pairs }

  func least(_ pair: Int) -> Int { words.least(pair) }
  func most(_ pair: Int) -> Int { words.most(pair) }

  /// The counts of all pairs together; nil where there is no bound.
  var range: ClosedRange<Int>? {
    var range: ClosedRange<Int>?
    for pair in 0..<4 where pairs.contains(pair) {
      let own = least(pair)...most(pair)
      range = range?.joined(own) ?? own
    }
    return range.flatMap { $0.upperBound < SmallCounts.many ? $0 : nil }
  }

  func intersection(_ other: PlacePairs) -> PairCounts {
    var result = self
    result.pairs = pairs.intersection(other)
    return result
  }

  mutating func allow(_ pair: Int, _ low: Int, _ high: Int) {
    words.allow(pair, low, high, isNew: !pairs.contains(pair))
    pairs.insert(pair)
  }
}
