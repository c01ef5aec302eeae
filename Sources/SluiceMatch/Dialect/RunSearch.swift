/// Finds the stretch of word characters that tells most by its length and what it is made of.
enum RunSearch {
  /// Shorter stretches tell nothing.
  private static let least = 4

  static func best(in line: PartLine) -> RunRequirement? {
    var best: RunRequirement?
    var first = 0
    while first < line.parts.count {
      guard line.facts[first].classes == .word else {
        first += 1
        continue
      }
      var end = first
      var alphabet = ByteClass(ascii: 0, others: false)
      var stretch = 0...0
      // The widest stretch that begins here; what has no width may stand within.
      var index = first
      while index < line.parts.count, line.facts[index].classes.isSubset(of: .word) {
        if !line.facts[index].classes.isEmpty { end = index + 1 }
        alphabet.formUnion(ByteClass(of: line.parts[index]))
        stretch = FactFinder.sum(stretch, line.facts[index].bytes)
        index += 1
      }
      if let run = run(first, end, alphabet, stretch, in: line),
        run.frequency < best?.frequency ?? .infinity
      {
        best = run
      }
      first = index
    }
    return best
  }

  private static func run(
    _ first: Int, _ end: Int, _ alphabet: ByteClass, _ stretch: ClosedRange<Int>, in line: PartLine
  ) -> RunRequirement? {
    guard stretch.lowerBound >= least else { return nil }
    let atStart = line.pairs(first).isSubset(of: .otherBefore)
    let atEnd = line.pairs(end).isSubset(of: .otherAfter)
    let isWhole = atStart && atEnd
    // Without both ends the run may be of anything, and longer.
    let length = stretch.lowerBound...(isWhole ? stretch.upperBound : max(40, stretch.upperBound))
    let frequency = EnglishFrequency.run(length, of: alphabet)
    return RunRequirement(
      least: stretch.lowerBound, most: isWhole ? stretch.upperBound : nil, atStart: atStart,
      alphabet: alphabet, stretch: stretch, lead: line.places[first],
      frequency: isWhole ? frequency : frequency * 4)
  }
}

extension ByteClass {
  static let none = ByteClass(ascii: 0, others: false)

  mutating func formUnion(_ other: ByteClass) {
    let isKin = (kin || !others) && (other.kin || !other.others)
    ascii |= other.ascii
    others = others || other.others
    kin = others && isKin
  }

  init(_ members: [Unicode.Scalar]) {
    self = .none
    for member in members {
      if member.isASCII { ascii |= CharacterSet.bit(member) } else { others = true }
    }
    kin = others && members.allSatisfy { $0.isASCII || $0 == "\u{17F}" || $0 == "\u{212A}" }
  }

  /// All that a part can be made of.
  ///
  /// - Parameter ahead: with what it looks ahead to.
  init(of node: Node, ahead: Bool = false) {
    switch node {
    case .literal(let scalar, let caseless):
      self.init(Letter.members(of: scalar, caseless: caseless))
    case .set(let set):
      self.init(ascii: set.may, others: set.others, kin: set.mayBeyond == .kin)
    case .lineEnd: self.init(ascii: CharacterSet([10, 11, 12, 13]).may, others: true)
    case .sequence(let nodes), .alternation(let nodes):
      self = nodes.reduce(into: .none) { $0.formUnion(ByteClass(of: $1, ahead: ahead)) }
    case .capture(_, let inner), .atomic(let inner), .repeated(let inner, _):
      self.init(of: inner, ahead: ahead)
    case .look(let inner, behind: false, negated: false) where ahead:
      self.init(of: inner, ahead: ahead)
    case .empty, .assertion, .look: self = .none
    case .backReference: self.init(ascii: CharacterSet.ascii, others: true)
    }
  }
}
