/// What is known of one part of a pattern without writing it out.
struct PartFacts: Sendable, Hashable {
  var relation: BoundaryRelation
  /// What its characters can be to a word boundary; none where it has no width.
  var classes: CharacterClasses
  var bytes: ClosedRange<Int>

  static let empty = PartFacts(relation: .identity, classes: [], bytes: 0...0)
}

/// Finds the facts of the parts of one pattern.
struct FactFinder {
  /// Bytes of the groups seen so far, for references to them.
  private var groups: [Int: ClosedRange<Int>] = [:]
  private static let ceiling = 1 << 30

  /// Groups are learned from the whole tree.
  init(_ tree: Node) { _ = facts(of: tree) }

  mutating func facts(of node: Node) -> PartFacts {
    switch node {
    case .empty: return .empty
    case .literal(let scalar, let caseless):
      return Self.one(of: Letter.members(of: scalar, caseless: caseless))
    case .set(let set):
      return PartFacts(
        relation: BoundaryRelation(set.classes), classes: set.classes,
        bytes: (set.may == 0 ? 2 : 1)...(set.others ? 4 : 1))
    case .lineEnd:
      let end = BoundaryRelation(.other)
      return PartFacts(relation: end.union(end.then(end)), classes: .other, bytes: 1...3)
    case .sequence(let nodes):
      return nodes.reduce(into: .empty) { sum, node in
        let own = facts(of: node)
        sum = PartFacts(
          relation: sum.relation.then(own.relation), classes: sum.classes.union(own.classes),
          bytes: Self.sum(sum.bytes, own.bytes))
      }
    case .alternation(let nodes):
      var all: PartFacts?
      for node in nodes {
        let own = facts(of: node)
        all =
          all.map { all in
            PartFacts(
              relation: all.relation.union(own.relation), classes: all.classes.union(own.classes),
              bytes: all.bytes.joined(own.bytes))
          } ?? own
      }
      return all ?? .empty
    case .capture(let number, let inner):
      let own = facts(of: inner)
      groups[number] = own.bytes
      return own
    case .atomic(let inner): return facts(of: inner)
    case .repeated(let inner, let count):
      let own = facts(of: inner)
      return PartFacts(
        relation: own.relation.repeated(count), classes: count.most == 0 ? [] : own.classes,
        bytes: min(
          Self.ceiling, own.bytes.lowerBound * count.least)...min(
            Self.ceiling, own.bytes.upperBound * count.most))
    case .assertion(let assertion):
      return PartFacts(
        relation: BoundaryRelation(keeping: Self.places(of: assertion)), classes: [], bytes: 0...0)
    case .look(let inner, let behind, let negated):
      let places = places(ofLookAt: inner, behind: behind, negated: negated)
      return PartFacts(relation: BoundaryRelation(keeping: places), classes: [], bytes: 0...0)
    case .backReference(let number):
      // In other case it can have up to four bytes for one.
      let most = groups[number]?.upperBound ?? Self.ceiling
      return PartFacts(
        relation: .any, classes: .any,
        bytes: 0...min(Self.ceiling, most * 4))
    }
  }

  static func sum(_ first: ClosedRange<Int>, _ second: ClosedRange<Int>) -> ClosedRange<Int> {
    min(
      ceiling, first.lowerBound + second.lowerBound)...min(
        ceiling, first.upperBound + second.upperBound)
  }

  private static func one(of members: [Unicode.Scalar]) -> PartFacts {
    var classes: CharacterClasses = []
    for member in members { classes.insert(WordCharacters.contains(member) ? .word : .other) }
    return PartFacts(
      relation: BoundaryRelation(classes), classes: classes, bytes: Letter.bytes(of: members))
  }

  private static func places(of assertion: Assertion) -> PlacePairs {
    switch assertion {
    case .boundary: .boundary
    case .noBoundary: PlacePairs.boundary.opposite
    case .start: .otherBefore
    case .end: .otherAfter
    }
  }

  private mutating func places(ofLookAt inner: Node, behind: Bool, negated: Bool) -> PlacePairs {
    if negated {
      return Self.refusesWords(inner) ? (behind ? .otherBefore : .otherAfter) : .all
    }
    let relation = facts(of: inner).relation
    return behind ? relation.image(of: .all) : relation.preimage(of: .all)
  }

  /// Whether any word character is enough to match.
  private static func refusesWords(_ node: Node) -> Bool {
    switch node {
    case .set(let set): set.hasAllWords
    case .alternation(let nodes): nodes.contains(where: refusesWords)
    case .capture(_, let inner), .atomic(let inner): refusesWords(inner)
    default: false
    }
  }
}

extension ClosedRange<Int> {
  /// The range that holds both.
  func joined(_ other: ClosedRange<Int>) -> ClosedRange<Int> {
    Swift.min(lowerBound, other.lowerBound)...Swift.max(upperBound, other.upperBound)
  }

  func shifted(by other: ClosedRange<Int>) -> ClosedRange<Int> {
    lowerBound + other.lowerBound...upperBound + other.upperBound
  }
}
