/// What is required where a pattern matches in one of several ways: by one branch of an alternation, and
/// by what stands beside that.
struct RequiredWay: Sendable, Hashable {
  /// The rarest first; they stand in stretches that do not overlap.
  var words: [WordSlot]
  /// Likewise.
  var literals: [LiteralSlot]

  /// The part of the cost of the whole below which it is worthwhile to tell ways apart.
  static let worthwhile = 0.7
  /// Words in a million bytes, and how many lie so near to another that they may be its neighbour.
  private static let allWords = 170_000.0
  private static let neighbours = 10.0

  /// Hits in a million bytes that are left where the best of it is looked for: those of the rarest word
  /// that have the next near, or those of the rarest literal.
  var cost: Double {
    var least = literals.first.map { $0.frequency + 20 } ?? 1_000_000
    if let rarest = words.first?.frequency {
      let share = words.dropFirst().first.map {
        min(1, $0.frequency * Self.neighbours / Self.allWords)
      }
      least = min(least, rarest * (0.02 + (share ?? 1)))
    }
    return least
  }

  /// With what is required in any way.
  func joined(_ rest: RequiredWay, most: Int) -> RequiredWay {
    func rarest<Slot: RequiredSlot>(_ slots: [Slot]) -> [Slot] {
      Array(slots.sorted { $0.frequency < $1.frequency }.prefix(most))
    }
    return RequiredWay(
      words: rarest(words + rest.words), literals: rarest(literals + rest.literals))
  }
}
