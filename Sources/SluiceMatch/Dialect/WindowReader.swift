/// Reads off all spellings of a window what each of them holds.
struct WindowReader {
  /// Nil where some spelling holds none.
  private(set) var words: WordSlot?
  private(set) var literals: LiteralSlot?
  /// Whether a wider window would tell no more of these words and literals.
  private(set) var isClosed = true

  /// Literals of one window; more are not worth a search.
  private static let mostLiterals = 64
  /// Rare enough, in hits a million bytes.
  private static let rare = 1.0

  init(
    _ window: [Spelling], before: PairCounts, after: PlacePairs, at place: ClosedRange<Int>,
    literals findsLiterals: Bool
  ) {
    var words = SlotBuilder<RequiredWord>()
    var literals = SlotBuilder<RequiredLiteral>()
    literals.isComplete = findsLiterals
    for spelling in window {
      let reader = SpellingReader(spelling, before: before, after: after)
      if reader.isImpossible { continue }
      let word = words.isComplete ? reader.word() : nil
      if let word {
        words.add(
          word.word, lead: word.lead, frequency: word.frequency, index: word.index)
      } else {
        words.isComplete = false
      }
      if word?.isClosed != true { isClosed = false }
      let literal = literals.isComplete ? reader.literal() : nil
      if let literal {
        for own in literal.literals {
          literals.add(
            own, lead: literal.lead,
            frequency: literal.frequency / Double(literal.literals.count))
        }
      } else {
        literals.isComplete = false
      }
    }
    if words.isComplete, let lead = words.lead {
      self.words = WordSlot(
        words: words.sorted(by: WordSlot.precedes),
        lead: lead.shifted(by: place), index: words.index, frequency: words.frequency)
    }
    if literals.isComplete, let lead = literals.lead, literals.members.count <= Self.mostLiterals {
      self.literals = LiteralSlot(
        literals: literals.sorted(by: LiteralSlot.precedes),
        lead: lead.shifted(by: place), frequency: literals.frequency)
    }
    if findsLiterals, self.words == nil, self.literals?.frequency ?? .infinity > Self.rare {
      isClosed = false
    }
  }
}

/// Gathers the members of a slot.
struct SlotBuilder<Member: Hashable> {
  private(set) var members: Set<Member> = []
  private(set) var lead: ClosedRange<Int>?
  /// Of words, how many begin before; nil where that is not counted.
  private(set) var index: ClosedRange<Int>?
  private(set) var frequency = 0.0
  /// Whether every spelling has had a member so far.
  var isComplete = true

  mutating func add(
    _ member: Member, lead own: ClosedRange<Int>, frequency: Double,
    index place: ClosedRange<Int>? = nil
  ) {
    index = index.flatMap { index in place.map { index.joined($0) } } ?? (lead == nil ? place : nil)
    lead = lead?.joined(own) ?? own
    if members.insert(member).inserted { self.frequency += frequency }
  }

  func sorted(by areInOrder: (Member, Member) -> Bool) -> [Member] {
    members.sorted(by: areInOrder)
  }
}
