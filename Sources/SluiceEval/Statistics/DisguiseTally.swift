import SluiceCore

/// What is left of the hits, and what becomes an alarm, when the texts wear a disguise.
package struct DisguiseTally: Sendable {
  package let disguise: Disguise
  package private(set) var positives = 0
  package private(set) var hitsBefore = 0
  package private(set) var hitsAfter = 0
  /// Hits before that are still hits.
  package private(set) var keptHits = 0
  package private(set) var negatives = 0
  package private(set) var alarmsAfter = 0
  /// Alarms that were none before.
  package private(set) var newAlarms = 0

  init(_ disguise: Disguise) { self.disguise = disguise }

  mutating func add(isHarm: Bool, before: Bool, after: Bool) {
    if isHarm {
      positives += 1
      if before { hitsBefore += 1 }
      if after { hitsAfter += 1 }
      if before, after { keptHits += 1 }
    } else {
      negatives += 1
      if after { alarmsAfter += 1 }
      if after, !before { newAlarms += 1 }
    }
  }

  package var kept: Share { Share(keptHits, of: hitsBefore) }
  package var recall: Share { Share(hitsAfter, of: positives) }
  package var falsePositives: Share { Share(alarmsAfter, of: negatives) }

  package var json: JSON {
    .object([
      .init("name", .string(disguise.rawValue)), .init("kept", kept.json),
      .init("recall", recall.json), .init("false_positives", falsePositives.json),
      .init("new_alarms", .int(newAlarms)),
    ])
  }
}
