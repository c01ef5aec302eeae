/// One character of a pattern that is known but for its case.
struct Letter: Sendable, Hashable {
  var folded: Unicode.Scalar
  /// The only one that can match, where it has kin that cannot.
  var exact: Unicode.Scalar?
  var isWord: Bool
  var bytes: ClosedRange<Int>

  /// The characters that it stands for.
  var members: [Unicode.Scalar] {
    if let exact { return [exact] }
    return folded.value < 128 && !["k", "s", "i"].contains(folded)
      ? Self.ascii(folded)
      : SimpleFold.family(of: folded).filter { WordCharacters.contains($0) == isWord }
  }

  private static func ascii(_ folded: Unicode.Scalar) -> [Unicode.Scalar] {
    (97...122).contains(folded.value)
      ? [Unicode.Scalar(UInt8(folded.value - 32)), folded] : [folded]
  }

  static func members(of scalar: Unicode.Scalar, caseless: Bool) -> [Unicode.Scalar] {
    caseless ? SimpleFold.family(of: scalar) : [scalar]
  }

  /// A literal as letters: two where its kin lies on both sides of a word boundary, as iota's does.
  static func letters(of scalar: Unicode.Scalar, caseless: Bool) -> [Letter] {
    let family = SimpleFold.family(of: scalar)
    if !caseless || family.count == 1 {
      let isWord = WordCharacters.contains(scalar)
      return [
        Letter(
          folded: SimpleFold.fold(scalar), exact: family.count == 1 ? nil : scalar, isWord: isWord,
          bytes: bytes(of: [scalar]))
      ]
    }
    return [true, false].compactMap { isWord in
      let members = family.filter { WordCharacters.contains($0) == isWord }
      guard !members.isEmpty else { return nil }
      return Letter(
        folded: SimpleFold.fold(scalar), exact: nil, isWord: isWord, bytes: bytes(of: members))
    }
  }

  static func bytes(of members: [Unicode.Scalar]) -> ClosedRange<Int> {
    let counts = members.map { UTF8.width($0) }
    return (counts.min() ?? 1)...(counts.max() ?? 4)
  }
}

/// One way to match a stretch of a pattern: characters, and parts that are not written out.
typealias Spelling = [Token]

enum Token: Sendable, Hashable {
  case letter(Letter)
  case part(PartFacts)

  var relation: BoundaryRelation {
    switch self {
    case .letter(let letter): BoundaryRelation(letter.isWord ? .word : .other)
    case .part(let facts): facts.relation
    }
  }

  var bytes: ClosedRange<Int> {
    switch self {
    case .letter(let letter): letter.bytes
    case .part(let facts): facts.bytes
    }
  }

  var classes: CharacterClasses {
    switch self {
    case .letter(let letter): letter.isWord ? .word : .other
    case .part(let facts): facts.classes
    }
  }
}

/// Writes parts of a pattern out as spellings that together stand for all that the part can match.
struct SpellingWriter {
  private var finder: FactFinder

  init(_ finder: FactFinder) { self.finder = finder }

  /// More turns than this are not written out.
  private static let mostTurns = 3

  /// Never empty, at most `limit`; what cannot be written out within it stands as a part.
  mutating func spellings(_ node: Node, limit: Int) -> [Spelling] {
    switch node {
    case .literal(let scalar, let caseless):
      return fitting(
        Letter.letters(of: scalar, caseless: caseless).map { [.letter($0)] }, node, limit)
    case .set(let set):
      guard let listed = set.listed else { return whole(node) }
      var letters: [Letter] = []
      for letter in listed.flatMap({ Letter.letters(of: $0, caseless: set.caseless) })
      where !letters.contains(letter) {
        letters.append(letter)
      }
      return fitting(letters.map { [.letter($0)] }, node, limit)
    case .sequence(let nodes): return sequence(nodes, limit: limit)
    case .alternation(let nodes):
      var all = nodes.flatMap { spellings($0, limit: limit) }
      // Rather each branch without its own choices than none.
      if all.count > limit { all = nodes.flatMap { spellings($0, limit: 1) } }
      return fitting(all, node, limit)
    case .capture(_, let inner), .atomic(let inner): return spellings(inner, limit: limit)
    case .repeated(let inner, let count): return turns(inner, count, node, limit: limit)
    case .empty: return [[]]
    case .lineEnd, .assertion, .look, .backReference: return whole(node)
    }
  }

  private mutating func whole(_ node: Node) -> [Spelling] { [[.part(finder.facts(of: node))]] }

  private mutating func fitting(_ spellings: [Spelling], _ node: Node, _ limit: Int) -> [Spelling] {
    spellings.isEmpty || spellings.count > limit ? whole(node) : spellings
  }

  private mutating func sequence(_ nodes: [Node], limit: Int) -> [Spelling] {
    var parts = nodes.map { spellings($0, limit: limit) }
    // The parts with the most spellings are left whole until the rest fits.
    func count() -> Int {
      parts.reduce(1) { product, part in min(1 << 20, product * part.count) }
    }
    while count() > limit,
      let worst = parts.indices.max(by: { parts[$0].count < parts[$1].count })
    {
      parts[worst] = whole(nodes[worst])
    }
    return parts.reduce([[]]) { Self.product($0, $1) }
  }

  private mutating func turns(_ inner: Node, _ count: Repeat, _ node: Node, limit: Int)
    -> [Spelling]
  {
    guard count.most > 0 else { return [[]] }
    let turn = spellings(inner, limit: limit)
    let hasLetters = turn.contains { $0.contains { if case .letter = $0 { true } else { false } } }
    guard hasLetters else { return whole(node) }
    var all: [Spelling] = count.least == 0 ? [[]] : []
    var turns: [Spelling] = [[]]
    let written = min(count.most, max(count.least, Self.mostTurns))
    if written == count.most, count.most <= max(Self.mostTurns, 8) {
      for number in 1...written {
        guard turns.count * turn.count <= limit else {
          return head(inner, count, node, turn, limit)
        }
        turns = Self.product(turns, turn)
        if number >= count.least { all += turns }
      }
      return all.count <= limit ? all : head(inner, count, node, turn, limit)
    }
    return head(inner, count, node, turn, limit)
  }

  /// The first turn written out and the others as a part.
  private mutating func head(
    _ inner: Node, _ count: Repeat, _ node: Node, _ turn: [Spelling], _ limit: Int
  ) -> [Spelling] {
    guard count.least > 0, turn.count <= limit else { return whole(node) }
    let rest = Node.repeated(inner, Repeat(least: count.least - 1, most: count.most - 1))
    return Self.product(turn, whole(rest))
  }

  static func product(_ left: [Spelling], _ right: [Spelling]) -> [Spelling] {
    left.flatMap { first in right.map { first + $0 } }
  }
}
