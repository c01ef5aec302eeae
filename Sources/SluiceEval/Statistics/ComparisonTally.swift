import SluiceCore

/// What a change of rules did, row by row.
package struct ComparisonTally: Sendable {
  /// One row on which the two sets of rules differ.
  package struct Change: Sendable {
    package var file: String
    package var line: Int
    package var source: String
    package var category: String
    package var isHarm: Bool
    package var before: Verdict
    package var after: Verdict
    /// Rules found before or after only.
    package var lost: [String]
    package var gained: [String]

    /// The change is what one would want: a harmful row newly flagged, or a harmless one no more.
    package var effect: Effect
    package enum Effect: String, Sendable {
      case better, worse
      /// Other rules or another verdict, flagged or not as before.
      case other
    }

    package var json: JSON {
      .object([
        .init("file", .string(file)), .init("line", .int(line)), .init("source", .string(source)),
        .init("category", .string(category)), .init("label", .int(isHarm ? 1 : 0)),
        .init("before", .string(before.rawValue)), .init("after", .string(after.rawValue)),
        .init("effect", .string(effect.rawValue)), .init("lost", .array(lost.map { .string($0) })),
        .init("gained", .array(gained.map { .string($0) })),
      ])
    }
  }

  package private(set) var gainedHits = 0
  package private(set) var lostHits = 0
  package private(set) var gainedAlarms = 0
  package private(set) var lostAlarms = 0
  package private(set) var changed = 0

  package init() {}

  /// - Returns: the change, or nil where both sets decide the same by the same rules.
  package mutating func add(
    _ row: DatasetRow, old: RowVerdict, new: RowVerdict, file: String, line: Int
  ) -> Change? {
    let before = Set(old.found.filter { !$0.isShadow }.map(\.rule))
    let after = Set(new.found.filter { !$0.isShadow }.map(\.rule))
    guard before != after || old.verdict != new.verdict else { return nil }
    changed += 1
    var effect = Change.Effect.other
    if old.isHit != new.isHit {
      effect = new.isHit == row.isHarm ? .better : .worse
      switch (row.isHarm, new.isHit) {
      case (true, true): gainedHits += 1
      case (true, false): lostHits += 1
      case (false, true): gainedAlarms += 1
      case (false, false): lostAlarms += 1
      }
    }
    return Change(
      file: file, line: line, source: row.source, category: row.category, isHarm: row.isHarm,
      before: old.verdict, after: new.verdict, lost: before.subtracting(after).sorted(),
      gained: after.subtracting(before).sorted(), effect: effect)
  }

  package var summary: String {
    "\(changed) rows differ: \(gainedHits) harmful rows newly flagged, \(lostHits) no longer; "
      + "\(gainedAlarms) harmless rows newly flagged, \(lostAlarms) no longer"
  }
}
