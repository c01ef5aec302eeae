import Glibc

/// How many ways a repeat has to match one and the same text, as far as that explodes: a repeat of
/// something that can itself be shorter or longer, with nothing between that tells the two apart.
enum Ambiguity {
  /// Accepted powers of two.
  static let most = 24.0

  /// The ways as a power of two.
  static func bits(of inner: Node, repeated count: Repeat) -> Double {
    guard count.most > 1 else { return 0 }
    return choices(inner) * Double(count.most)
  }

  /// What one turn can do in several ways, as a power of two.
  private static func choices(_ node: Node) -> Double {
    switch node {
    case .capture(_, let inner): return choices(inner)
    case .alternation(let branches):
      let own = branches.map(choices).max() ?? 0
      // Branches of one character that share some.
      let sets = branches.compactMap(single)
      var shared = 0
      for index in sets.indices {
        let doubles = sets[..<index].contains { $0.overlaps(sets[index]) }
        shared += doubles ? 1 : 0
      }
      return max(own, log2(Double(1 + shared)))
    case .repeated(let inner, let count):
      return (single(inner) != nil || count.most > 1) && count.least != count.most
        ? log2(Double(count.most - max(1, count.least) + 1)) : 0
    case .sequence(let nodes):
      // With two parts that must be there, each turn has something that holds it.
      let required = nodes.filter { !isOptional($0) }
      if required.count > 1 { return 0 }
      return (required.isEmpty ? nodes : required).map(choices).max() ?? 0
    default: return 0
    }
  }

  private static func isOptional(_ node: Node) -> Bool {
    switch node {
    case .empty, .assertion, .look: true
    case .repeated(_, let count): count.least == 0
    default: false
    }
  }

  /// The set of a node that is one character.
  private static func single(_ node: Node) -> CharacterSet? {
    switch node {
    case .set(let set): set
    case .literal(let scalar, _):
      scalar.isASCII
        ? CharacterSet([UInt8(scalar.value)]).caseClosed
        : nil
    case .capture(_, let inner), .atomic(let inner): single(inner)
    default: nil
    }
  }
}

extension CharacterSet {
  fileprivate func overlaps(_ other: CharacterSet) -> Bool { may & other.may != 0 }
}
