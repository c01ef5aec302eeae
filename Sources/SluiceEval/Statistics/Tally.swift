import SluiceCore

/// Counts over some rows, and the rates that follow from them.
package struct Tally: Sendable {
  package private(set) var positives = 0
  package private(set) var hits = 0
  /// Positives whose category the harm map knows, and how many of them are flagged for one of its packs.
  package private(set) var mapped = 0
  package private(set) var rightHits = 0
  package private(set) var quarantined = 0
  package private(set) var negatives = 0
  package private(set) var alarms = 0
  package private(set) var quarantinedAlarms = 0
  package private(set) var gaps = 0
  package private(set) var curve = ScoreCurve()

  package init() {}

  /// - Parameter packs: of the row's category; nil where the map does not know it.
  package mutating func add(positive verdict: RowVerdict, packs: [String]?) {
    positives += 1
    if verdict.isHit { hits += 1 }
    if let packs {
      mapped += 1
      if verdict.flagged.contains(where: packs.contains) { rightHits += 1 }
    }
    if verdict.isQuarantined { quarantined += 1 }
    if verdict.hasGap { gaps += 1 }
    curve.add(verdict.points, isHarm: true)
  }

  /// - Parameter packs: only alarms for one of these count; nil: all.
  package mutating func add(negative verdict: RowVerdict, for packs: [String]? = nil) {
    negatives += 1
    let counts = packs.map { verdict.flagged.contains(where: $0.contains) } ?? verdict.isHit
    if counts { alarms += 1 }
    if counts, verdict.isQuarantined { quarantinedAlarms += 1 }
    if verdict.hasGap { gaps += 1 }
    let points = packs.map { $0.compactMap { verdict.scores[$0] }.max() ?? 0 } ?? verdict.points
    curve.add(points, isHarm: false)
  }

  /// Harmless rows in which nothing was found.
  mutating func add(quietNegatives count: Int) {
    negatives += count
    curve.add(0, isHarm: false, times: count)
  }

  package var rows: Int { positives + negatives }
  package var recall: Share { Share(hits, of: positives) }
  package var right: Share { Share(rightHits, of: mapped) }
  package var quarantineShare: Share { Share(quarantined, of: positives) }
  package var falsePositives: Share { Share(alarms, of: negatives) }
  package var precision: Share { Share(hits, of: hits + alarms) }

  /// The harmonic mean of precision and recall; nil without rows of both kinds, or too few.
  package var f1: Double? {
    guard negatives > 0, positives > 0, rows >= EvalRules.leastRows, hits > 0 else { return nil }
    return 2 * Double(hits) / Double(2 * hits + alarms + (positives - hits))
  }

  package var json: JSON {
    .object([
      .init("rows", .int(rows)), .init("positives", .int(positives)),
      .init("negatives", .int(negatives)), .init("recall", recall.json),
      .init("right_harm", right.json), .init("quarantined", quarantineShare.json),
      .init("false_positives", falsePositives.json),
      .init("false_quarantined", .int(quarantinedAlarms)), .init("precision", precision.json),
      .init("f1", f1.map { .double(Share.rounded($0)) } ?? .null), .init("gaps", .int(gaps)),
    ])
  }
}
