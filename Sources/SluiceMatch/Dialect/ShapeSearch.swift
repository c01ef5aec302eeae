/// Writes parts of a pattern out as sequences of byte classes, such as three digits, a hyphen, two
/// digits, a hyphen, four digits.
struct ShapeSearch {
  /// Sequences of one shape, and classes of a sequence.
  private static let mostSequences = 8
  private static let longest = 24
  /// Turns of a repeat that differ in number.
  private static let mostSpread = 3
  /// Classes that tell something, and how often it may turn up in a million bytes.
  private static let least = 3
  private static let mostFrequent = 20_000.0

  private struct Sequence: Hashable {
    var steps: [ByteClass] = []
    /// Whether nothing is known from here on.
    var isOver = false
  }

  static func best(in line: PartLine) -> ShapeRequirement? {
    var best: ShapeRequirement?
    for first in line.parts.indices where !line.facts[first].classes.isEmpty {
      var sequences = [Sequence()]
      for part in line.parts[first...] {
        sequences = extended(sequences, by: part)
        if sequences.allSatisfy(\.isOver) { break }
      }
      guard sequences.allSatisfy({ $0.steps.count >= least }) else { continue }
      let frequency = sequences.reduce(0) { $0 + EnglishFrequency.shape($1.steps) }
      if frequency < best?.frequency ?? mostFrequent {
        best = ShapeRequirement(
          sequences: sequences.map(\.steps), lead: line.places[first], frequency: frequency)
      }
    }
    return best
  }

  /// The classes that all matches begin with.
  static func prefix(of line: PartLine) -> [ByteClass] {
    var sequences = [Sequence()]
    for part in line.parts {
      let longer = extended(sequences, by: part)
      guard longer.count == 1 else { break }
      sequences = longer
      if sequences[0].isOver { break }
    }
    return sequences[0].steps
  }

  private static func extended(_ sequences: [Sequence], by node: Node) -> [Sequence] {
    switch node {
    case .empty, .assertion, .look: return sequences
    case .literal, .set: return appended(ByteClass(of: node), to: sequences)
    case .lineEnd, .backReference: return over(sequences)
    case .sequence(let nodes): return nodes.reduce(sequences) { extended($0, by: $1) }
    case .capture(_, let inner), .atomic(let inner): return extended(sequences, by: inner)
    case .alternation(let branches):
      return fitting(branches.flatMap { extended(sequences, by: $0) }, else: sequences)
    case .repeated(let inner, let count):
      var turns = sequences
      for _ in 0..<min(count.least, longest) { turns = extended(turns, by: inner) }
      if count.least > longest { return over(turns) }
      guard count.most > count.least else { return turns }
      guard count.most - count.least <= mostSpread else { return over(turns) }
      var all = turns
      var longer = turns
      for _ in count.least..<count.most {
        longer = extended(longer, by: inner)
        all += longer
      }
      return fitting(all, else: turns)
    }
  }

  private static func appended(_ step: ByteClass, to sequences: [Sequence]) -> [Sequence] {
    sequences.map { sequence in
      guard !sequence.isOver else { return sequence }
      var longer = sequence
      if longer.steps.count < longest { longer.steps.append(step) } else { longer.isOver = true }
      return longer
    }
  }

  private static func over(_ sequences: [Sequence]) -> [Sequence] {
    sequences.map { Sequence(steps: $0.steps, isOver: true) }
  }

  private static func fitting(_ sequences: [Sequence], else before: [Sequence]) -> [Sequence] {
    var seen: Set<Sequence> = []
    let unique = sequences.filter { seen.insert($0).inserted }
    return unique.count <= mostSequences ? unique : over(before)
  }
}
