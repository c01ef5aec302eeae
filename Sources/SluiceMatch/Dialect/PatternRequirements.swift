/// What every match of a pattern holds, as far as its tree tells. Nothing here is ever absent from
/// a true match; how much of it to look for, and in which order, is the matcher's choice.
///
/// A word is a maximal run of word characters as PCRE2 has them with UCP: letters, numbers, the
/// underscore. Leads are bytes of the text from the match's start; below zero for what a look-behind
/// demands. Frequencies are estimates: hits in a million bytes of English text.
struct PatternRequirements: Sendable, Hashable {
  /// Stretches of the pattern that do not overlap, the rarest first.
  var slots: [WordSlot] = []
  /// Likewise. A literal can be part of a word of a slot.
  var literals: [LiteralSlot] = []
  /// The ways in which the pattern can match, where they are told apart: every match holds all that one
  /// of them requires.
  var ways: [RequiredWay] = []
  /// A run of word characters whose length or alphabet is telling.
  var run: RunRequirement?
  /// Classes of bytes one after the other, where they tell something.
  var shape: ShapeRequirement?
  /// What every match begins with, a byte each, as in a shape; as far as that is the same for all.
  var prefix: [ByteClass] = []
  /// All that lies between the start of a match and what is required can be made of.
  var alphabet = ByteClass(ascii: CharacterSet.ascii, others: true)
  /// Whether every match begins where a word of the text begins.
  var startsAtWord = false
  /// What every match begins with; nil where that is not known, or too frequent to tell anything.
  var starts: StartRequirement?

  /// Requires nothing.
  init() {}
}

/// Every match holds one of these words.
struct WordSlot: Sendable, Hashable {
  /// Sorted by `folded`. Not empty.
  var words: [RequiredWord]
  /// From the match's start to the first byte of the word.
  var lead: ClosedRange<Int>
  /// How many words of the text begin at or after the match's start and before this one; nil for
  /// what a look-behind demands.
  var index: ClosedRange<Int>?
  /// Of all its words together.
  var frequency: Double
}

/// One word of a slot. It begins where a word of the text begins: no word character stands before.
struct RequiredWord: Sendable, Hashable {
  enum Ending: Sendable, Hashable {
    /// The text's word ends here too.
    case exact
    /// The text's word may go on.
    case open
  }

  /// UTF-8 of its characters, each under `SimpleFold`. Not empty.
  var folded: [UInt8]
  /// UTF-8 of the only spelling that can match; nil where case does not count.
  var spelling: [UInt8]?
  var ending: Ending
  /// Bytes of the whole word in the text, where the pattern bounds them. Characters beyond ASCII
  /// that fold to ASCII are counted as they are written.
  var length: ClosedRange<Int>?
}

/// Every match holds one of these byte strings.
struct LiteralSlot: Sendable, Hashable {
  /// Sorted by `folded`. Not empty.
  var literals: [RequiredLiteral]
  /// From the match's start to the first byte of the literal.
  var lead: ClosedRange<Int>
  /// Of all its literals together.
  var frequency: Double
}

struct RequiredLiteral: Sendable, Hashable {
  /// ASCII letters are in lower case and stand for both cases; other bytes stand for themselves.
  var folded: [UInt8]
  /// The only spelling that can match; nil where case does not count.
  var spelling: [UInt8]?
}

/// Every match begins with one of these words or sequences.
struct StartRequirement: Sendable, Hashable {
  /// Sorted by `folded`.
  var words: [RequiredWord] = []
  /// Classes as in a shape; not empty.
  var sequences: [[ByteClass]] = []
  var frequency: Double

  init(_ slot: WordSlot) {
    words = slot.words
    frequency = slot.frequency
  }

  /// As a slot of words; nil where matches can begin otherwise.
  var slot: WordSlot? {
    sequences.isEmpty
      ? WordSlot(words: words, lead: 0...0, index: 0...0, frequency: frequency) : nil
  }

  init(_ sequences: [[ByteClass]]) {
    self.sequences = sequences
    frequency = sequences.reduce(0) { $0 + EnglishFrequency.shape($1) }
  }

  /// For what begins as one of several; nil where there are too many.
  init?(joining starts: [StartRequirement], most: Int) {
    words = Set(starts.flatMap(\.words)).sorted(by: WordSlot.precedes)
    sequences = Array(Set(starts.flatMap(\.sequences)))
    frequency = starts.reduce(0) { $0 + $1.frequency }
    if words.count + sequences.count > most { return nil }
  }
}

/// Every match holds a stretch of so many word characters.
struct RunRequirement: Sendable, Hashable {
  /// Bytes of the maximal run of word characters around the stretch; no upper end where the run
  /// may go on beyond it.
  var least: Int
  var most: Int?
  /// Whether the text's run begins where the stretch begins.
  var atStart: Bool
  /// What the stretch is made of.
  var alphabet: ByteClass
  /// Bytes of the stretch, of which the run is made if it has both its ends.
  var stretch: ClosedRange<Int>
  /// From the match's start to the first byte of the stretch.
  var lead: ClosedRange<Int>
  var frequency: Double
}

/// Every match holds one of these sequences of classes, a byte each.
struct ShapeRequirement: Sendable, Hashable {
  /// Not empty. Where a byte of the text begins a character beyond ASCII and its class says that
  /// there may be one, the rest of the sequence says nothing.
  var sequences: [[ByteClass]]
  /// From the match's start to the first byte of the sequence.
  var lead: ClosedRange<Int>
  var frequency: Double
}

/// Bytes that can begin a character at one place.
struct ByteClass: Sendable, Hashable {
  /// A bit for each ASCII character.
  var ascii: UInt128
  /// Whether a character beyond ASCII can stand there (U+017F and U+212A for s and k included).
  var others: Bool
  /// Whether those can only be U+017F and U+212A, the kin of s and k.
  var kin = false

  func contains(_ byte: UInt8) -> Bool {
    if byte < 128 { return ascii >> UInt128(byte) & 1 == 1 }
    // The first bytes of the two.
    return kin ? byte == 0xC5 || byte == 0xE2 : others
  }
}

extension PatternRequirements {
  /// Literals and runs that turn up more often than this, in a million bytes, are not worth a search.
  private static let mostFrequent = 20_000.0
  /// Words at a start that turn up more often save nothing.
  private static let mostFrequentStart = 40_000.0
  /// A word that turns up less often needs nothing else beside it.
  private static let rare = 300.0

  /// Reads off a tree what its matches hold. Nothing where the installed PCRE2 has other word
  /// characters than the tables.
  init(_ tree: Node) {
    guard WordCharacters.areCurrent else { return }
    var search = RequirementSearch(tree)
    let all = PairCounts(.all)
    let line = PartLine(tree, before: all, after: .all, at: 0...0, finder: &search.finder)
    alphabet = ByteClass(of: tree, ahead: true)
    startsAtWord = line.pairs(0).isSubset(of: .atWordStart)
    prefix = ShapeSearch.prefix(of: line)
    let found = search.search(tree, before: all, after: .all, at: 0...0)
    slots = found.words
    starts = found.starts.flatMap { $0.frequency <= Self.mostFrequentStart ? $0 : nil }
    if let first = slots.first, first.frequency < Self.rare { return }
    search.findsLiterals = true
    let both = search.search(tree, before: all, after: .all, at: 0...0)
    literals = both.literals.filter { $0.frequency <= Self.mostFrequent }
    ways = both.ways
    run = RunSearch.best(in: line).flatMap { $0.frequency <= Self.mostFrequent ? $0 : nil }
    shape = ShapeSearch.best(in: line)
  }
}
