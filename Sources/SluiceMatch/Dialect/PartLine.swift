/// The parts of a sequence that must stand one after the other, and what is known of the places
/// between them.
struct PartLine {
  private(set) var parts: [Node] = []
  private(set) var facts: [PartFacts] = []
  /// The pairs that may stand before each part, by what comes before, and behind the last; and how
  /// many words have begun by then.
  private(set) var before: [PairCounts] = []
  /// Those from which the rest can match, before each part and behind the last.
  private(set) var after: [PlacePairs] = []
  /// Bytes from the match's start to each part, and to the end.
  private(set) var places: [ClosedRange<Int>] = []

  init(
    _ node: Node, before start: PairCounts, after end: PlacePairs, at place: ClosedRange<Int>,
    finder: inout FactFinder
  ) {
    Self.flatten(node, into: &parts)
    facts = parts.map { finder.facts(of: $0) }
    before = [start]
    places = [place]
    for own in facts {
      before.append(own.relation.image(of: before[before.count - 1]))
      let last = places[places.count - 1]
      places.append(last.shifted(by: own.bytes))
    }
    after = Array(repeating: end, count: parts.count + 1)
    for index in parts.indices.reversed() {
      after[index] = facts[index].relation.preimage(of: after[index + 1])
    }
  }

  /// Whether no text can match all parts.
  var isImpossible: Bool { pairs(0).isEmpty }

  /// The pairs that may stand before a part.
  func pairs(_ index: Int) -> PlacePairs { before[index].pairs.intersection(after[index]) }

  /// Groups opened, and characters that follow one another put together.
  private static func flatten(_ node: Node, into parts: inout [Node]) {
    switch node {
    case .sequence(let nodes): for node in nodes { flatten(node, into: &parts) }
    case .capture(_, let inner), .atomic(let inner): flatten(inner, into: &parts)
    case .empty: break
    case .literal:
      if case .sequence(let literals) = parts.last {
        parts[parts.count - 1] = .sequence(literals + [node])
      } else {
        parts.append(.sequence([node]))
      }
    default: parts.append(node)
    }
  }
}
