import SluiceCore

/// What one rule did on labelled rows.
package struct RuleTally: Sendable {
  package var isShadow = false
  /// Rows in which it was found.
  package var positives = 0
  package var negatives = 0
  /// Rows that were flagged with its help.
  package var trueActs = 0
  package var falseActs = 0
  /// Rows that would not have been flagged without it.
  package var trueAlone = 0
  package var falseAlone = 0

  package init() {}

  package mutating func add(_ found: RowVerdict.Found, isHarm: Bool) {
    isShadow = found.isShadow
    if isHarm {
      positives += 1
      if found.acts { trueActs += 1 }
      if found.isAlone { trueAlone += 1 }
    } else {
      negatives += 1
      if found.acts { falseActs += 1 }
      if found.isAlone { falseAlone += 1 }
    }
  }

  package func json(rule: String) -> JSON {
    .object([
      .init("rule", .string(rule)), .init("mode", .string(isShadow ? "shadow" : "enforce")),
      .init("positives", .int(positives)), .init("negatives", .int(negatives)),
      .init("true_acts", .int(trueActs)), .init("false_acts", .int(falseActs)),
      .init("true_alone", .int(trueAlone)), .init("false_alone", .int(falseAlone)),
    ])
  }
}
