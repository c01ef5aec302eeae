/// Walks a tree and sums up its bounds.
struct Measurement {
  /// Bounds of one part.
  struct Extent {
    var least = 0
    var most = 0
    var bytes = 0
    /// Characters looked at before the part's start and behind its end.
    var before = 0
    var after = 0
    var price = 1
  }

  /// Of the groups seen so far, for references to them.
  private var groups: [Int: Extent] = [:]

  /// Figures are cut off here: beyond any accepted bound, and safe to add.
  private static let ceiling = 1 << 30

  static func analyze(_ node: Node) -> PatternAnalysis {
    var measurement = Measurement()
    let whole = measurement.measure(node)
    return PatternAnalysis(
      least: whole.least, most: whole.most, mostBytes: whole.bytes, reachBefore: whole.before,
      reachAfter: whole.after, price: whole.price)
  }

  mutating func measure(_ node: Node) -> Extent {
    switch node {
    case .empty: return Extent()
    // `$` looks at a line end and whether something follows it.
    case .assertion: return Extent(before: 1, after: 2)
    case .literal(let scalar, let caseless):
      return Extent(least: 1, most: 1, bytes: Self.bytes(scalar, caseless: caseless))
    case .set(let set): return Extent(least: 1, most: 1, bytes: set.others ? 4 : 1)
    case .lineEnd: return Extent(least: 1, most: 2, bytes: 3)
    case .sequence(let nodes):
      return nodes.reduce(into: Extent(price: 0)) { sum, node in
        let own = measure(node)
        sum.least = Self.cap(sum.least + own.least)
        sum.most = Self.cap(sum.most + own.most)
        sum.bytes = Self.cap(sum.bytes + own.bytes)
        sum.price = Self.cap(sum.price + own.price)
        sum.before = max(sum.before, own.before)
        sum.after = max(sum.after, own.after)
      }
    case .alternation(let nodes):
      var widest = Extent(least: Self.ceiling, price: 0)
      for node in nodes {
        let own = measure(node)
        widest = Extent(
          least: min(widest.least, own.least), most: max(widest.most, own.most),
          bytes: max(widest.bytes, own.bytes), before: max(widest.before, own.before),
          after: max(widest.after, own.after), price: Self.cap(widest.price + own.price))
      }
      return widest
    case .capture(let number, let inner):
      let own = measure(inner)
      groups[number] = own
      return own
    case .atomic(let inner): return measure(inner)
    case .repeated(let inner, let count):
      var own = measure(inner)
      own.least = Self.cap(own.least * count.least)
      own.most = Self.cap(own.most * count.most)
      own.bytes = Self.cap(own.bytes * count.most)
      own.price = Self.cap(own.price * max(1, count.most))
      return own
    case .look(let inner, let behind, _):
      let own = measure(inner)
      return Extent(
        before: Self.cap(own.before + (behind ? own.most : 0)),
        after: Self.cap(own.after + (behind ? 0 : own.most)), price: own.price)
    case .backReference(let number):
      // A group that took no part makes the reference fail, so its bounds hold; the text in
      // other case can have other lengths in bytes.
      guard let own = groups[number] else {
        return Extent(most: Self.ceiling, bytes: Self.ceiling)
      }
      return Extent(least: own.least, most: own.most, bytes: Self.cap(own.most * 4))
    }
  }

  private static func bytes(_ scalar: Unicode.Scalar, caseless: Bool) -> Int {
    guard scalar.isASCII else { return caseless ? 4 : String(scalar).utf8.count }
    guard caseless else { return 1 }
    return switch scalar {
    case "k", "K": 3
    case "s", "S": 2
    default: 1
    }
  }

  private static func cap(_ value: Int) -> Int { min(ceiling, value) }
}
