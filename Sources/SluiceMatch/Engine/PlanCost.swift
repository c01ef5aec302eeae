/// What finding the matches of a pattern costs in a million bytes of English text, as far as can be told
/// beforehand: in units of looking at one hit, about ten nanoseconds where this was measured.
enum PlanCost {
  /// Of asking PCRE2 about one start; of comparing a word with a set; of searching a byte for the places
  /// where matches can begin, and of having PCRE2 search it.
  private static let call = 20.0
  private static let word = 0.1
  private static let byte = 0.02
  private static let searched = 1.0
  /// What is found for less is looked for in every document: it costs less than to search those for it
  /// of which nothing rarer is known.
  static let worthListing = 20_000.0
  /// Words in a million bytes.
  private static let words = 170_000.0

  /// Of searching so many bytes of a million.
  ///
  /// - Parameter starts: in a million bytes, where matches begin with something known.
  static func search(_ bytes: Double, starts: Double?) -> Double {
    let bytes = min(bytes, 1_000_000)
    return starts.map { bytes * (byte + $0 / 1_000_000 * call) } ?? bytes * searched
  }

  /// Of what follows so many hits.
  ///
  /// - Parameter alphabet: what lies between a hit and its start.
  static func confirmation(
    _ hits: Double, _ start: PatternPlan.Start, _ demand: PatternPlan.Demand?, starts: Double?,
    alphabet: ByteClass
  ) -> Double {
    let hits = hits * (demand.map { share(of: $0) } ?? 1)
    switch start {
    case .fixed: return hits * call
    case .word(let slot, let index, let lead):
      let count = Double(index?.count ?? lead.count / 6 + 1)
      return hits * count * (word + slot.frequency / words * call)
    case .stretch(let lead, _) where start.isExact: return hits * Double(lead.count) * call
    case .stretch(let lead, let index):
      let most = index.map { Double($0.count + 1) * 1_000_000 / words } ?? .infinity
      let span = min(most, Double(lead.count), span(of: alphabet))
      return search(hits * span, starts: starts)
    case .search(let lead):
      return search(hits * min(Double(lead.count), span(of: alphabet)), starts: starts)
    }
  }

  /// Bytes to the last character before that is not of an alphabet.
  private static func span(of alphabet: ByteClass) -> Double {
    let strange = ByteClass(ascii: ~alphabet.ascii & CharacterSet.ascii, others: false)
    return 1 / max(0.0001, EnglishFrequency.share(strange))
  }

  /// Of the hits that are left where another word is demanded.
  private static func share(of demand: PatternPlan.Demand) -> Double {
    let count = Double(demand.index?.count ?? demand.lead.count / 6 + 1)
    return min(1, count * demand.slot.frequency / words)
  }
}
