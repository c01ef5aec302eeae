/// Writes parts of a pattern out as sequences of byte classes, such as three digits, a hyphen, two
/// digits, a hyphen, four digits.
struct ShapeSearch {
  /// How much is written out.
  private struct Limits {
    /// Sequences of one shape, and classes of a sequence.
    var sequences: Int
    var longest: Int
    /// Turns of a repeat that differ in number.
    var spread: Int
  }

  private static let shapes = Limits(sequences: 8, longest: 24, spread: 3)
  private static let starts = Limits(sequences: 48, longest: 3, spread: .max)
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
        sequences = extended(sequences, by: part, shapes)
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
      let longer = extended(sequences, by: part, shapes)
      guard longer.count == 1 else { break }
      sequences = longer
      if sequences[0].isOver { break }
    }
    return sequences[0].steps
  }

  /// Sequences of which every match begins with one, of three classes at most; nil where something is
  /// not known by even one.
  static func starts(of node: Node) -> [[ByteClass]]? {
    let sequences = extended([Sequence()], by: node, starts).map(\.steps)
    return sequences.contains { $0.isEmpty } ? nil : Array(Set(sequences))
  }

  private static func extended(_ sequences: [Sequence], by node: Node, _ limits: Limits)
    -> [Sequence]
  {
    switch node {
    case .empty, .assertion, .look: return sequences
    case .literal, .set: return appended(ByteClass(of: node), to: sequences, limits)
    case .lineEnd, .backReference: return over(sequences)
    case .sequence(let nodes): return nodes.reduce(sequences) { extended($0, by: $1, limits) }
    case .capture(_, let inner), .atomic(let inner): return extended(sequences, by: inner, limits)
    case .alternation(let branches):
      return fitting(
        branches.flatMap { extended(sequences, by: $0, limits) }, else: sequences, limits)
    case .repeated(let inner, let count):
      var turns = sequences
      for _ in 0..<min(count.least, limits.longest) { turns = extended(turns, by: inner, limits) }
      if count.least > limits.longest { return over(turns) }
      guard count.most > count.least else { return turns }
      guard count.most - count.least <= limits.spread else { return over(turns) }
      var all = turns
      var longer = turns
      // More turns than there are classes change nothing.
      for _ in 0..<min(count.most - count.least, limits.longest) {
        longer = extended(longer, by: inner, limits)
        all += longer
      }
      return fitting(all, else: turns, limits)
    }
  }

  private static func appended(_ step: ByteClass, to sequences: [Sequence], _ limits: Limits)
    -> [Sequence]
  {
    sequences.map { sequence in
      guard !sequence.isOver else { return sequence }
      var longer = sequence
      if longer.steps.count < limits.longest {
        longer.steps.append(step)
      } else {
        longer.isOver = true
      }
      return longer
    }
  }

  private static func over(_ sequences: [Sequence]) -> [Sequence] {
    sequences.map { Sequence(steps: $0.steps, isOver: true) }
  }

  private static func fitting(_ sequences: [Sequence], else before: [Sequence], _ limits: Limits)
    -> [Sequence]
  {
    var seen: Set<Sequence> = []
    let unique = sequences.filter { seen.insert($0).inserted }
    return unique.count <= limits.sequences ? unique : over(before)
  }
}
