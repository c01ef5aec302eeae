extension PatternPlan {
  /// The plan for people.
  var text: String {
    switch trigger {
    case .words(let slot):
      return "found by the word \(slot.shown)\(nearby); \(place)"
    case .literals(let literals):
      return "found by the literal \(literals.shown); \(place)"
    case .shape(let shape):
      return "found by the shape \(shape.shown); \(place)"
    case .run(let run):
      return "found by a long word: \(run.shown); \(place)"
    case .ways(let plans):
      let shown = plans.prefix(Self.shownWays).map(\.text).joined(separator: "; or ")
      let rest = plans.count - Self.shownWays
      return "in \(plans.count) ways: \(shown)" + (rest > 0 ? "; and \(rest) more" : "")
    case .vectorscan(let literals):
      return "found by the literal \(literals.shown), one of too many, with Vectorscan; \(place)"
    case .everywhere(let why):
      guard let starts else { return "searched for everywhere: \(why)" }
      return "asked about at \(starts.shown): \(why)"
    }
  }

  /// Ways to match that are told in full.
  private static let shownWays = 4

  private var nearby: String {
    guard let demand else { return "" }
    guard let index = demand.index else {
      return ", with \(demand.slot.shown) within \(demand.lead.spoken) bytes"
    }
    return ", with \(demand.slot.shown) within \(index.spoken) words"
  }

  private var place: String {
    let at = starts.map { "at \($0.shown) " } ?? ""
    switch start {
    case .fixed(0): return "confirmed there"
    case .fixed(let lead): return "confirmed \(lead) bytes before"
    case .word(let slot, let index, let lead):
      let far = index.map { "\($0.spoken) words" } ?? "\(lead.spoken) bytes"
      return "confirmed at the word \(slot.shown) \(far) before"
    case .stretch(let lead, let words):
      let far = words.map { "\($0.spoken) words" } ?? "\(lead.spoken) bytes"
      return "confirmed \(at)\(far) before"
    case .search(let lead): return "confirmed \(at)\(lead.spoken) bytes before"
    }
  }
}

extension ClosedRange<Int> {
  fileprivate var spoken: String {
    lowerBound == upperBound ? "\(lowerBound)" : "\(lowerBound) to \(upperBound)"
  }
}
