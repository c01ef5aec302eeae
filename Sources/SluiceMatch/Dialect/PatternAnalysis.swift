/// What is known of a pattern from its tree. Every figure is a bound that no match exceeds.
package struct PatternAnalysis: Sendable, Hashable {
  /// Characters (Unicode scalars) of a match.
  package var least: Int
  package var most: Int
  /// Characters that may be looked at before its start, and behind its end.
  package var reach: Int
  /// Elements that it unrolls to.
  package var price: Int

  /// Bytes of UTF-8 that a match can have at most.
  package var mostBytes: Int { most * 4 }
  package var reachBytes: Int { reach * 4 }
}

/// Walks a tree and sums up its bounds.
struct Measurement {
  private var groups: [Int: (least: Int, most: Int)] = [:]
  private var reach = 2

  /// Figures are cut off here: beyond any accepted bound, and safe to add.
  private static let ceiling = 1 << 30

  static func analyze(_ node: Node) -> PatternAnalysis {
    var measurement = Measurement()
    let whole = measurement.measure(node)
    return PatternAnalysis(
      least: whole.least, most: whole.most, reach: min(ceiling, measurement.reach),
      price: whole.price)
  }

  private mutating func measure(_ node: Node) -> (least: Int, most: Int, price: Int) {
    switch node {
    case .empty, .assertion: return (0, 0, 1)
    case .literal, .set: return (1, 1, 1)
    case .lineEnd: return (1, 2, 1)
    case .sequence(let nodes):
      return nodes.reduce((0, 0, 0)) { sum, node in
        let own = measure(node)
        return (sum.0 + own.least, Self.cap(sum.1 + own.most), Self.cap(sum.2 + own.price))
      }
    case .alternation(let nodes):
      let all = nodes.map { measure($0) }
      return (
        all.map(\.least).min() ?? 0, all.map(\.most).max() ?? 0,
        Self.cap(all.reduce(0) { $0 + $1.price })
      )
    case .capture(let number, let inner):
      let own = measure(inner)
      groups[number] = (own.least, own.most)
      return own
    case .repeated(let inner, let count):
      let own = measure(inner)
      return (
        Self.cap(own.least * count.least), Self.cap(own.most * count.most),
        Self.cap(own.price * max(1, count.most))
      )
    case .look(let inner):
      let own = measure(inner)
      reach = Self.cap(reach + own.most + 1)
      return (0, 0, own.price)
    case .backReference(let number):
      // A group that took no part makes the reference fail, so its bounds hold.
      let own = groups[number] ?? (0, Self.ceiling)
      return (0, own.most, 1)
    }
  }

  private static func cap(_ value: Int) -> Int { min(ceiling, value) }
}
