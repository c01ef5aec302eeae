/// What one pattern does when one of its words is found.
struct TriggerUse {
  enum Start {
    /// `leadLow` bytes before the word.
    case fixed
    /// At a word of `startSet` that stands `backLow` to `backHigh` words before.
    case word
    /// At a word of `startSet` that begins `leadLow` to `leadHigh` bytes before.
    case wordInBytes
    /// At each place `leadLow` to `leadHigh` bytes before, asked about one by one.
    case each
    /// Anywhere `leadLow` to `leadHigh` bytes before, and `backLow` to `backHigh` words before unless
    /// that is below zero.
    case stretch
  }

  enum Demand {
    case none
    /// Of `demandSet`, `demandLow` to `demandHigh` words from the trigger on.
    case word
    /// Likewise in bytes.
    case wordInBytes
  }

  var pattern: Int32
  var start = Start.stretch
  var demand = Demand.none
  var leadLow: Int32 = 0
  var leadHigh: Int32 = 0
  var backLow: Int32 = 0
  var backHigh: Int32 = 0
  var startSet = TagSet.any
  var demandSet = TagSet.any
  var demandLow: Int32 = 0
  var demandHigh: Int32 = 0
  /// The only spelling of the word, in the table's spellings; empty where any will do.
  var spellingStart: Int32 = 0
  var spellingCount: Int32 = 0
  /// Bytes of the whole word.
  var lengthLow: Int32 = 0
  var lengthHigh = Int32.max
}

/// Words by their tags, in the table's sets: 256 bits for the tags of whole words, then 256 for the heads
/// of those that may go on.
struct TagSet {
  /// Of its first number; below zero for the set of all words.
  var offset: Int32
  /// Whether some of its words may go on.
  var hasHeads = false
  /// The keys of all its whole words, in the table's keys of sets; none where only tags are known.
  var keyCount: UInt16 = 0
  var keyStart: Int32 = 0

  static let any = TagSet(offset: -1)
}

/// What is asked of a use before anything else: whether the tag of one of its words stands near.
struct NearDemand {
  enum Side: Int32 {
    /// Nothing is asked.
    case none = 0
    case behind = 1
    case before = 2
    case both = 3
  }

  /// Words on each side that are looked at.
  static let reach = 8

  /// Of the first number of the set.
  var set: Int32 = 0
  var side = Side.none

  init(_ use: TriggerUse) {
    let words: ClosedRange<Int32>
    let tags: TagSet
    if case .word = use.demand {
      words = use.demandLow...use.demandHigh
      tags = use.demandSet
    } else if case .none = use.demand, case .word = use.start {
      words = -use.backHigh...(-use.backLow)
      tags = use.startSet
    } else {
      return
    }
    let reach = Int32(Self.reach)
    guard tags.offset >= 0, !tags.hasHeads, (-reach...reach).contains(words.lowerBound),
      (-reach...reach).contains(words.upperBound)
    else { return }
    set = tags.offset
    side = words.lowerBound >= 0 ? .behind : words.upperBound <= 0 ? .before : .both
  }
}

/// What one pattern does when a long word is found.
struct RunUse {
  var pattern: Int32
  /// Bytes of the word.
  var least: Int32
  var most: Int32
  /// Bytes of the stretch within it, and what it is made of.
  var stretch: Int32
  var alphabet: ByteClass
  /// Whether the stretch begins where the word does.
  var atStart: Bool
  var leadLow: Int32
  var leadHigh: Int32
  var isExact: Bool
}
