/// Looks through a tree for the words and literals that every match holds.
///
/// The parts of a sequence are taken in windows, one after the other; a window is written out as all
/// its spellings, and where each of them holds a word, those words are a slot. What can stand beside
/// a window, and so whether a word begins and ends in it, is told by the boundary relations of the
/// parts before and behind. What is too much to write out is searched branch by branch.
struct RequirementSearch {
  /// What a part of a tree requires.
  struct Found {
    /// The rarest first; they stand in stretches that do not overlap.
    var words: [WordSlot] = []
    var literals: [LiteralSlot] = []
    /// The ways in which the part can match where they are told apart: each match holds all that one of
    /// them requires.
    var ways: [RequiredWay] = []
    /// What stands where every match begins, if that is where the part begins.
    var starts: StartRequirement?
    /// Whether no text can be matched.
    var isImpossible = false
  }

  /// Whether literals are looked for as well as words.
  var findsLiterals = false
  var finder: FactFinder
  var writer: SpellingWriter

  /// Spellings of one part and of one window, parts in a window, slots that are kept.
  private static let mostOfPart = 100
  private static let mostOfWindow = 300
  private static let widestWindow = 16
  private static let mostSlots = 4
  /// Words or literals of one slot.
  private static let mostInAll = 2_000
  /// Ways to match that are told apart.
  private static let mostWays = 128

  init(_ tree: Node) {
    finder = FactFinder(tree)
    writer = SpellingWriter(finder)
  }

  /// - Parameters:
  ///   - before: the pairs that may stand where the node begins, and how many words have begun.
  ///   - after: those from which the pattern can go on behind it.
  ///   - start: bytes from the match's start to the node's.
  mutating func search(
    _ node: Node, before: PairCounts, after: PlacePairs, at start: ClosedRange<Int>,
    counts: Bool = true
  ) -> Found {
    let line = PartLine(node, before: before, after: after, at: start, finder: &finder)
    var found = Found()
    guard !line.isImpossible else {
      found.isImpossible = true
      return found
    }
    var words = SlotChoice<WordSlot>()
    var literals = SlotChoice<LiteralSlot>()
    let spellings = line.parts.map { writer.spellings($0, limit: Self.mostOfPart) }
    var starts: [StartRequirement] = []
    var forks: [(part: Int, ways: [RequiredWay])] = []
    for first in line.parts.indices {
      windows(from: first, in: line, spellings, &words, &literals)
      for own in inner(line.parts[first], of: line, at: first) {
        words.add(own.words, parts: first..<first + 1)
        literals.add(own.literals, parts: first..<first + 1)
        if !own.ways.isEmpty { forks.append((first, own.ways)) }
        if let own = own.starts, line.places[first] == start { starts.append(own) }
      }
    }
    if start.count == 1, counts {
      starts += words.slots.filter { $0.lead == start }.map { StartRequirement($0) }
      if starts.isEmpty, let sequences = ShapeSearch.starts(of: node) {
        starts.append(StartRequirement(sequences))
      }
      found.starts = starts.min { $0.frequency < $1.frequency }
    }
    found.words = words.best(Self.mostSlots)
    if !counts { for index in found.words.indices { found.words[index].index = nil } }
    found.literals = literals.best(Self.mostSlots)
    guard findsLiterals, counts else { return found }
    let whole = RequiredWay(words: found.words, literals: found.literals)
    var least = whole.cost * RequiredWay.worthwhile
    for fork in forks {
      let rest = RequiredWay(
        words: words.best(Self.mostSlots, beside: fork.part),
        literals: literals.best(Self.mostSlots, beside: fork.part))
      let ways = fork.ways.map { $0.joined(rest, most: Self.mostSlots) }
      let cost = ways.reduce(0) { $0 + $1.cost }
      guard cost < least else { continue }
      (least, found.ways) = (cost, ways)
    }
    return found
  }

  private func windows(
    from first: Int, in line: PartLine, _ spellings: [[Spelling]],
    _ words: inout SlotChoice<WordSlot>, _ literals: inout SlotChoice<LiteralSlot>
  ) {
    let begins = spellings[first].contains {
      $0.contains { if case .letter = $0 { true } else { false } }
    }
    guard begins else { return }
    var window: [Spelling] = [[]]
    for end in first..<min(line.parts.count, first + Self.widestWindow) {
      guard window.count * spellings[end].count <= Self.mostOfWindow else { return }
      window = SpellingWriter.product(window, spellings[end])
      let read = WindowReader(
        window, before: line.before[first], after: line.after[end + 1], at: line.places[first],
        literals: findsLiterals)
      if let slot = read.words { words.add([slot], parts: first..<end + 1) }
      if let slot = read.literals { literals.add([slot], parts: first..<end + 1) }
      if read.isClosed { return }
    }
  }

  /// What is required within a part by itself.
  private mutating func inner(_ node: Node, of line: PartLine, at index: Int) -> [Found] {
    let (before, after, start) = (line.before[index], line.after[index + 1], line.places[index])
    switch node {
    case .alternation(let branches):
      return [union(branches.map { search($0, before: before, after: after, at: start) })]
    case .repeated(let turn, let count) where count.least > 0 && !turn.isSingle:
      let facts = finder.facts(of: turn)
      func rest(_ done: Int) -> PlacePairs {
        let more = Repeat(least: max(0, count.least - done), most: count.most - done)
        return facts.relation.repeated(more).preimage(of: after)
      }
      let first = search(turn, before: before, after: rest(1), at: start)
      guard count.least > 1, !first.isImpossible else { return [first] }
      let second = search(
        turn, before: facts.relation.image(of: before), after: rest(2),
        at: FactFinder.sum(start, facts.bytes))
      guard !second.isImpossible else { return [second] }
      return [
        Found(
          words: Array(first.words.prefix(2) + second.words.prefix(2)),
          literals: Array(first.literals.prefix(2) + second.literals.prefix(2)),
          starts: first.starts)
      ]
    case .look(let inner, let behind, negated: false):
      let place = before.intersection(after)
      guard behind else { return [search(inner, before: place, after: .all, at: start)] }
      let bytes = finder.facts(of: inner).bytes
      let begin = start.lowerBound - bytes.upperBound...start.upperBound - bytes.lowerBound
      return [search(inner, before: PairCounts(.all), after: place.pairs, at: begin, counts: false)]
    default: return []
    }
  }

  /// Of branches: the rarest slots of each together, then the second of each.
  private func union(_ branches: [Found]) -> Found {
    let possible = branches.filter { !$0.isImpossible }
    var all = Found()
    all.isImpossible = possible.isEmpty
    let starts = possible.compactMap(\.starts)
    if starts.count == possible.count, !starts.isEmpty {
      all.starts = StartRequirement(joining: starts, most: Self.mostInAll)
    }
    let ways = possible.flatMap { branch in
      branch.ways.isEmpty
        ? [RequiredWay(words: branch.words, literals: branch.literals)] : branch.ways
    }
    if findsLiterals, ways.count > 1, ways.count <= Self.mostWays { all.ways = ways }
    for rank in 0..<(possible.map(\.words.count).min() ?? 0) {
      guard let slot = WordSlot(joining: possible.map { $0.words[rank] }, most: Self.mostInAll)
      else { break }
      all.words.append(slot)
    }
    for rank in 0..<(possible.map(\.literals.count).min() ?? 0) {
      guard
        let slot = LiteralSlot(joining: possible.map { $0.literals[rank] }, most: Self.mostInAll)
      else { break }
      all.literals.append(slot)
    }
    return all
  }
}

extension Node {
  /// Whether it is one character, whatever it is.
  fileprivate var isSingle: Bool {
    switch self {
    case .set, .literal: true
    case .capture(_, let inner), .atomic(let inner): inner.isSingle
    default: false
    }
  }
}
