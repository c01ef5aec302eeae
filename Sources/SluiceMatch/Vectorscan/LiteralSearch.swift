/// Finds the most telling literals that every match of a tree holds.
struct LiteralSearch {
  private var measurement = Measurement()

  /// The most strings that one stretch is written out to, and that a pattern has in all.
  private static let mostStrings = 32
  private static let mostInAll = 2_000
  /// Bytes of a literal: more would tell little more.
  private static let enough = 8
  private static let longest = 24

  /// Bounds of groups are learned from the whole tree.
  init(_ tree: Node) { _ = measurement.measure(tree) }

  /// - Parameter start: bytes between the start of a match and that of the node.
  mutating func best(_ node: Node, after start: ClosedRange<Int>) -> RequiredLiterals? {
    var parts: [Node] = []
    Self.flatten(node, into: &parts)
    var places = [start]
    for part in parts {
      let extent = measurement.measure(part)
      let last = places[places.count - 1]
      places.append(last.lowerBound + extent.least...last.upperBound + extent.bytes)
    }
    var best: RequiredLiterals?
    func consider(_ found: RequiredLiterals?) {
      if let found, found.score > best?.score ?? 0 { best = found }
    }
    for first in parts.indices {
      var strings: Set<[UInt8]> = [[]]
      var end = first
      while end < parts.count, strings.allSatisfy({ $0.count < Self.enough }),
        let next = Self.strings(parts[end]), let longer = Self.product(strings, next)
      {
        strings = longer
        end += 1
        consider(RequiredLiterals(strings, lead: places[end]))
      }
      if end == first { consider(inner(parts[first], after: places[first])) }
    }
    return best
  }

  /// Literals within a part that cannot be written out whole.
  private mutating func inner(_ node: Node, after start: ClosedRange<Int>) -> RequiredLiterals? {
    switch node {
    case .alternation(let branches):
      var literals: Set<[UInt8]> = []
      var lead: ClosedRange<Int>?
      for branch in branches {
        guard let own = best(branch, after: start) else { return nil }
        literals.formUnion(own.literals)
        lead =
          lead.map {
            min($0.lowerBound, own.lead.lowerBound)...max($0.upperBound, own.lead.upperBound)
          } ?? own.lead
      }
      guard let lead, literals.count <= Self.mostInAll else { return nil }
      return RequiredLiterals(literals, lead: lead)
    case .repeated(let turn, let count) where count.least > 0:
      return best(turn, after: start)
    default: return nil
    }
  }

  /// The parts that must stand one after the other.
  private static func flatten(_ node: Node, into parts: inout [Node]) {
    switch node {
    case .sequence(let nodes): for node in nodes { flatten(node, into: &parts) }
    case .capture(_, let inner), .atomic(let inner): flatten(inner, into: &parts)
    case .empty, .assertion, .look: break
    default: parts.append(node)
    }
  }

  /// Every text that a node can match; nil where there are too many, or they cannot be said.
  private static func strings(_ node: Node) -> Set<[UInt8]>? {
    switch node {
    case .empty, .assertion, .look: return [[]]
    case .literal(let scalar, let caseless): return texts(of: scalar, caseless: caseless)
    case .set(let set):
      guard !set.others, (1...8).contains(set.may.nonzeroBitCount) else { return nil }
      return Set((0..<128).filter { set.may >> UInt128($0) & 1 == 1 }.map { [lower(UInt8($0))] })
    case .lineEnd, .backReference: return nil
    case .capture(_, let inner), .atomic(let inner): return strings(inner)
    case .sequence(let nodes):
      var all: Set<[UInt8]> = [[]]
      for node in nodes {
        guard let next = strings(node), let longer = product(all, next) else { return nil }
        all = longer
      }
      return all
    case .alternation(let nodes):
      var all: Set<[UInt8]> = []
      for node in nodes {
        guard let own = strings(node) else { return nil }
        all.formUnion(own)
        guard all.count <= mostStrings else { return nil }
      }
      return all
    case .repeated(let inner, let count):
      guard count.most <= 8, let turn = strings(inner) else { return nil }
      var all: Set<[UInt8]> = count.least == 0 ? [[]] : []
      var turns: Set<[UInt8]> = [[]]
      for number in 0..<count.most {
        guard let longer = product(turns, turn) else { return nil }
        turns = longer
        if number + 1 >= count.least { all.formUnion(turns) }
      }
      return all.count <= mostStrings ? all : nil
    }
  }

  private static func product(_ left: Set<[UInt8]>, _ right: Set<[UInt8]>) -> Set<[UInt8]>? {
    guard left.count * right.count <= mostStrings else { return nil }
    var all: Set<[UInt8]> = []
    for first in left {
      for second in right {
        guard first.count + second.count <= longest else { return nil }
        all.insert(first + second)
      }
    }
    return all
  }

  private static func texts(of scalar: Unicode.Scalar, caseless: Bool) -> Set<[UInt8]> {
    // ASCII letters other than these have only each other.
    let hasKin = !scalar.isASCII || ["k", "K", "s", "S"].contains(scalar)
    let members = caseless && hasKin ? CaseFamily.members(of: scalar) : [scalar]
    return Set(members.map { String($0).utf8.map(lower) })
  }

  private static func lower(_ byte: UInt8) -> UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
  }
}
