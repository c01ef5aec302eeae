import SluiceCore

extension RuleReader {
  /// A rule's condition and the signals in it. One that cannot be read is reported and taken as the
  /// default, so that the patterns can be checked all the same.
  func condition(_ fields: Fields, patterns: [Pattern]) -> (Condition, [SignalUse]) {
    let standard = Condition.atLeast(count: 1, of: Array(patterns.indices))
    guard let text = fields.text("condition") else {
      if fields["patterns"] == nil {
        bag.error(
          .missingKey, at: fields.span, "a rule needs the key 'patterns'",
          hint: "only a condition of signals can do without")
      } else if patterns.isEmpty, case .mapping(let entries) = fields["patterns"]!.content,
        entries.isEmpty
      {
        bag.error(.emptyValue, at: fields.place("patterns"), "'patterns' is empty")
      }
      return (standard, [])
    }
    let names = self.names(fields)
    do {
      let output = try ConditionParser.parse(text.text, names: names.map(\.text))
      for (index, name) in names.enumerated() where !output.used.contains(index) {
        bag.error(
          .unusedPattern, at: name.span, "the condition does not use the pattern '\(name.text)'")
      }
      check(output.condition, text)
      let signals = output.signals.map { signal in
        SignalUse(name: signal.name, span: text.span(at: signal.start, length: signal.length))
      }
      guard let condition = output.condition.renamed(from: names.map(\.text), to: patterns) else {
        return (standard, signals)
      }
      return (condition, signals)
    } catch {
      bag.error(
        error.code, at: text.span(at: error.start, length: max(1, error.length)), error.message,
        hint: error.hint)
      return (standard, [])
    }
  }

  /// The names as they are written, those of patterns that could not be read included.
  private func names(_ fields: Fields) -> [TracedText] {
    guard case .mapping(let entries) = fields["patterns"]?.content else { return [] }
    return entries.map(\.key)
  }

  private func check(_ condition: Condition, _ text: TracedText) {
    if !ConditionSatisfiability.canHold(condition) {
      bag.error(.conditionNever, at: text.span, "this condition can never hold")
    } else if !ConditionSatisfiability.canFail(condition) {
      bag.error(.conditionAlways, at: text.span, "this condition holds for every text")
    } else if ConditionSatisfiability.holdsOnNothing(condition) {
      bag.error(
        .conditionWithoutMatch, at: text.span,
        "this condition holds for a text in which nothing matches",
        hint: "join what must be absent to something that must be there: a and not b")
    }
  }
}

extension Condition {
  /// The same with indices into `patterns`; nil if one that it names is not there.
  func renamed(from names: [String], to patterns: [Pattern]) -> Condition? {
    if names.count == patterns.count { return self }
    let places = names.map { name in patterns.firstIndex { $0.name == name } }
    func all(_ parts: [Condition]) -> [Condition]? {
      let known = parts.compactMap { $0.renamed(from: names, to: patterns) }
      return known.count == parts.count ? known : nil
    }
    switch self {
    case .pattern(let index): return places[index].map { .pattern($0) }
    case .and(let parts): return all(parts).map { .and($0) }
    case .or(let parts): return all(parts).map { .or($0) }
    case .not(let inner): return inner.renamed(from: names, to: patterns).map { .not($0) }
    case .atLeast(let count, let indices):
      let known = indices.compactMap { places[$0] }
      return known.count == indices.count ? .atLeast(count: count, of: known) : nil
    case .count(let index, let comparison, let number):
      return places[index].map { .count($0, comparison, number) }
    case .near(let first, let second, let distance):
      guard let first = places[first], let second = places[second] else { return nil }
      return .near(first, second, distance: distance)
    case .before(let first, let second, let distance):
      guard let first = places[first], let second = places[second] else { return nil }
      return .before(first, second, distance: distance)
    case .within(let index, let part): return places[index].map { .within($0, part) }
    case .signal: return self
    }
  }
}
