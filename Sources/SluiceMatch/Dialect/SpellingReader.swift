/// Reads off one spelling the word and the literal that tell most.
struct SpellingReader {
  struct Word {
    var word: RequiredWord
    /// From the spelling's first byte.
    var lead: ClosedRange<Int>
    /// How many words begin before it, from the match's start on.
    var index: ClosedRange<Int>?
    var frequency: Double
    /// Whether more of the pattern could not tell more of the word.
    var isClosed: Bool
  }

  struct Literal {
    /// Each way to write it in bytes.
    var literals: [RequiredLiteral]
    var lead: ClosedRange<Int>
    var frequency: Double
  }

  let spelling: Spelling
  /// The pairs that may stand before each token, and behind the last, with the words begun by then.
  private var places: [PairCounts] = []
  /// Bytes before each token.
  private var leads: [ClosedRange<Int>] = []

  /// - Parameters:
  ///   - before: the pairs that may stand where the spelling begins.
  ///   - after: those from which the pattern can go on behind it.
  init(_ spelling: Spelling, before: PairCounts, after: PlacePairs) {
    self.spelling = spelling
    places.reserveCapacity(spelling.count + 1)
    leads.reserveCapacity(spelling.count + 1)
    places.append(before)
    leads.append(0...0)
    for token in spelling {
      places.append(token.relation.image(of: places[places.count - 1]))
      leads.append(FactFinder.sum(leads[leads.count - 1], token.bytes))
    }
    var back = after
    places[spelling.count] = places[spelling.count].intersection(back)
    for index in spelling.indices.reversed() {
      back = spelling[index].relation.preimage(of: back)
      places[index] = places[index].intersection(back)
    }
  }

  /// Whether no text can be matched this way.
  var isImpossible: Bool { places.contains { $0.pairs.isEmpty } }

  /// The rarest word; nil where there is none.
  func word() -> Word? {
    var best: Word?
    var index = 0
    while index < spelling.count {
      guard case .letter(let first) = spelling[index], first.isWord else {
        index += 1
        continue
      }
      let start = index
      var letters: [Letter] = []
      // What has no width between two letters does not part them.
      var end = index
      while index < spelling.count {
        if case .letter(let letter) = spelling[index], letter.isWord {
          letters.append(letter)
          end = index + 1
        } else if !spelling[index].classes.isEmpty {
          break
        }
        index += 1
      }
      guard places[start].pairs.isSubset(of: .otherBefore) else { continue }
      let word = read(letters, from: start, to: end)
      if word.frequency < best?.frequency ?? .infinity { best = word }
    }
    return best
  }

  private func read(_ letters: [Letter], from start: Int, to end: Int) -> Word {
    var folded: [UInt8] = []
    for letter in letters { folded += UTF8.encode(letter.folded)! }
    let isExact = places[end].pairs.isSubset(of: .otherAfter)
    let length = isExact ? nil : length(from: start, to: end)
    let frequency = EnglishFrequency.word(folded, open: !isExact)
    let word = RequiredWord(
      folded: folded, spelling: Self.exact(letters), ending: isExact ? .exact : .open,
      length: length)
    // A word that goes on for a bounded length is rarer than one that may end anywhere.
    let gate = length.map { $0.lowerBound > folded.count + 8 ? 0.05 : 0.5 } ?? 1
    return Word(
      word: word, lead: leads[start], index: places[start].range,
      frequency: frequency * gate,
      isClosed: isExact || length != nil || end < spelling.count)
  }

  /// The only spelling; nil where some letter has several.
  private static func exact(_ letters: [Letter]) -> [UInt8]? {
    guard letters.contains(where: { $0.exact != nil }) else { return nil }
    var bytes: [UInt8] = []
    for letter in letters {
      let members = letter.members
      guard members.count == 1 else { return nil }
      bytes += UTF8.encode(members[0])!
    }
    return bytes
  }

  /// Bytes of the word that begins at `start`, where only word characters follow up to a place at
  /// which it must end.
  private func length(from start: Int, to end: Int) -> ClosedRange<Int>? {
    for index in end...spelling.count {
      if places[index].pairs.isSubset(of: .otherAfter) {
        return leads[index].lowerBound - leads[start].lowerBound...leads[index].upperBound
          - leads[start].upperBound
      }
      guard index < spelling.count, spelling[index].classes.isSubset(of: .word) else { return nil }
    }
    return nil
  }

  /// Ways to write a literal in bytes, at most.
  private static let mostWays = 8
  private static let longest = 20
  /// Rarer than this, in a million bytes, is as good.
  private static let rare = 0.1

  /// The rarest literal; nil where there is none.
  func literal() -> Literal? {
    var best: Literal?
    var least = Double.infinity
    for first in spelling.indices {
      guard case .letter = spelling[first] else { continue }
      var ways: [Way] = [Way()]
      var index = first
      while index < spelling.count {
        guard case .letter(let letter) = spelling[index] else {
          guard spelling[index].classes.isEmpty else { break }
          index += 1
          continue
        }
        guard let longer = Self.extended(ways, by: letter) else { break }
        ways = longer
        index += 1
        let frequency = ways.reduce(0) { $0 + $1.estimate.frequency(of: $1.literal.folded) }
        // Rather a shorter one than several ways to write it, or than bytes that tell no more.
        let cost = max(frequency, Self.rare) * Double(ways.count)
        if cost < least {
          least = cost
          best = Literal(
            literals: ways.map(\.literal), lead: leads[first], frequency: frequency)
        }
        if ways[0].literal.folded.count >= Self.longest { break }
      }
    }
    return best
  }

  private struct Way {
    var literal = RequiredLiteral(folded: [], spelling: [])
    var estimate = EnglishFrequency.LiteralEstimate()
  }

  private static func extended(_ ways: [Way], by letter: Letter) -> [Way]? {
    // An ASCII letter is one way in either case.
    var steps: [(folded: [UInt8], spelling: [UInt8]?)] = []
    for member in letter.members {
      let bytes = Array(UTF8.encode(member)!)
      if (65...90).contains(bytes[0]) {
        let folded = [bytes[0] | 0x20]
        if let index = steps.firstIndex(where: { $0.folded == folded }) {
          steps[index].spelling = nil
        } else {
          steps.append((folded, bytes))
        }
      } else if let index = steps.firstIndex(where: { $0.folded == bytes }) {
        steps[index].spelling = nil
      } else {
        steps.append((bytes, bytes))
      }
    }
    guard !steps.isEmpty, ways.count * steps.count <= mostWays else { return nil }
    return ways.flatMap { way in
      steps.map { step in
        var longer = way
        longer.literal.folded += step.folded
        longer.literal.spelling = way.literal.spelling.flatMap { spelling in
          step.spelling.map { spelling + $0 }
        }
        for byte in step.folded { longer.estimate.append(byte) }
        return longer
      }
    }
  }
}
