import SluiceCore

/// What the engine decided about one row, as far as statistics need it.
package struct RowVerdict: Sendable {
  package struct Found: Sendable, Hashable {
    package var rule: String
    package var harm: String
    package var isShadow: Bool
    /// It adds points to a harm that is flagged, or forces an action.
    package var acts: Bool
    /// Without it the row would not be flagged.
    package var isAlone: Bool

    package init(rule: String, harm: String, isShadow: Bool, acts: Bool, isAlone: Bool) {
      self.rule = rule
      self.harm = harm
      self.isShadow = isShadow
      self.acts = acts
      self.isAlone = isAlone
    }
  }

  package var verdict: Verdict
  /// By harm, only those above 0.
  package var scores: [String: Int]
  /// Harms for which the row is annotated or more, sorted. A row that is only held because something
  /// could not be examined has none.
  package var flagged: [String]
  package var found: [Found]
  package var hasGap: Bool

  package init(
    verdict: Verdict, scores: [String: Int], flagged: [String], found: [Found], hasGap: Bool
  ) {
    self.verdict = verdict
    self.scores = scores
    self.flagged = flagged
    self.found = found
    self.hasGap = hasGap
  }

  package var isHit: Bool { !flagged.isEmpty }
  package var isQuarantined: Bool { verdict == .quarantine }

  /// The highest score, for the curve; what forces an action counts at every threshold.
  package var points: Int {
    let highest = scores.values.max() ?? 0
    return found.contains { $0.acts && (scores[$0.harm] ?? 0) == 0 } ? 100 : min(100, highest)
  }

  /// The line of `--decisions`.
  ///
  /// - Parameter file: named where rows come from several files.
  package func json(line: Int, file: String?) -> JSON {
    var members: [JSON.Member] = file.map { [.init("file", .string($0))] } ?? []
    members += [
      .init("line", .int(line)), .init("verdict", .string(verdict.rawValue)),
      .init(
        "scores",
        .object(scores.sorted { $0.key < $1.key }.map { .init($0.key, .int($0.value)) })),
      .init("rules", .array(found.filter { !$0.isShadow }.map { .string($0.rule) })),
    ]
    return .object(members)
  }
}
