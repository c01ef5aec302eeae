/// What must be in a text for a rule to hold, as far as its patterns tell: the rule's condition with
/// all left out that may be absent. Patterns are indices of the program.
package indirect enum PatternNeed: Sendable, Hashable {
  /// A match of one of these patterns.
  case oneOf([Int])
  /// A signal that is known before anything is looked for.
  case signal(String)
  case all([PatternNeed])
  case any([PatternNeed])
  case atLeast(Int, [PatternNeed])
  /// Nothing: it may hold without.
  case nothing

  /// The cheapest things to look for, so that it cannot hold where none of them is found; nil where
  /// there are none such.
  ///
  /// - Parameter cost: of looking for each pattern.
  func hittingSet(cost: [Double]) -> HittingSet? {
    switch self {
    case .oneOf(let patterns):
      return HittingSet(
        patterns: Set(patterns), cost: patterns.reduce(0) { $0 + cost[$1] })
    case .signal(let name): return HittingSet(signals: [name], cost: HittingSet.signalCost)
    case .all(let parts):
      return parts.compactMap { $0.hittingSet(cost: cost) }.min { $0.cost < $1.cost }
    case .any(let parts):
      let sets = parts.map { $0.hittingSet(cost: cost) }
      return sets.contains(nil) ? nil : HittingSet(joining: sets.compactMap { $0 })
    case .atLeast(let count, let parts):
      // Where all but count − 1 are absent, too few are left.
      let known = parts.compactMap { $0.hittingSet(cost: cost) }.sorted { $0.cost < $1.cost }
      let needed = parts.count - count + 1
      guard count > 0, known.count >= needed else { return nil }
      return HittingSet(joining: Array(known.prefix(max(0, needed))))
    case .nothing: return nil
    }
  }

  /// For the key of a compiled form.
  func write(to writer: inout FormWriter) {
    switch self {
    case .oneOf(let patterns):
      writer.int(0)
      writer.plain(patterns)
    case .signal(let name):
      writer.int(1)
      writer.text(name)
    case .all(let parts): Self.write(parts, as: 2, to: &writer)
    case .any(let parts): Self.write(parts, as: 3, to: &writer)
    case .atLeast(let count, let parts):
      Self.write(parts, as: 4, to: &writer)
      writer.int(count)
    case .nothing: writer.int(5)
    }
  }

  private static func write(_ parts: [PatternNeed], as kind: Int, to writer: inout FormWriter) {
    writer.int(kind)
    writer.int(parts.count)
    for part in parts { part.write(to: &writer) }
  }
}

/// Patterns and signals of which one is there wherever a rule holds.
package struct HittingSet: Sendable, Hashable {
  package var patterns: Set<Int> = []
  package var signals: Set<String> = []
  var cost: Double

  /// Signals are known anyway, and seldom.
  static let signalCost = 1.0

  init(patterns: Set<Int> = [], signals: Set<String> = [], cost: Double) {
    self.patterns = patterns
    self.signals = signals
    self.cost = cost
  }

  init(joining sets: [HittingSet]) {
    patterns = sets.reduce(into: []) { $0.formUnion($1.patterns) }
    signals = sets.reduce(into: []) { $0.formUnion($1.signals) }
    cost = sets.reduce(0) { $0 + $1.cost }
  }
}
