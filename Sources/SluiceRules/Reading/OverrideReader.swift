import SluiceCore

/// Reads a site's override files.
struct OverrideReader {
  static let keys = [
    "rule", "effect", "score", "pattern", "sha256", "source", "reason", "owner", "until",
  ]

  let options: PackReader.Options
  let bag: DiagnosticBag

  /// - Parameter rules: ids of all rules; nil if they are not all known.
  /// - Returns: those that name a rule and have not ended.
  func overrides(_ files: [SetFiles.OverrideFile], rules: Set<String>?) -> [Override] {
    var whole: [String: SourceSpan] = [:]
    return files.flatMap { file in
      overrides(SourceText(path: file.path, bytes: file.bytes))
    }.filter { override in
      guard applies(override, rules) else { return false }
      guard override.isUnconditional else { return true }
      if let earlier = whole[override.rule] {
        bag.warning(
          .overrideConflict, at: override.span,
          "another override of the whole rule '\(override.rule)' stands before this one",
          hint: "in \(earlier.file.path), line \(earlier.line)")
      }
      whole[override.rule] = override.span
      return true
    }
  }

  private func overrides(_ file: SourceText) -> [Override] {
    guard let document = YAMLReader.read(file, limits: options.limits.yaml, into: bag),
      let fields = Fields(document, "an overrides file", keys: ["overrides"], into: bag),
      let value = fields.required("overrides")
    else { return [] }
    if case .sequence(let items) = value.content, items.isEmpty { return [] }
    return value.items("'overrides'", at: fields.place("overrides"), into: bag)
      .compactMap(override)
  }

  private func override(_ value: YAMLValue) -> Override? {
    guard let fields = Fields(value, "an override", keys: Self.keys, into: bag) else { return nil }
    let rule = fields.text("rule", required: true)
    let effect = effect(fields)
    let pattern = fields["pattern"].flatMap { value in
      let none = DefinitionTable(nil, at: fields.span, limit: options.limits.expression, into: bag)
      return PatternReader(definitions: none, lists: nil, bag: bag)
        .pattern(value, name: "pattern", span: fields.place("pattern"))
    }
    let sha256 = fields.text("sha256").flatMap { text -> Digest? in
      if let digest = Digest(hex: text.text) { return digest }
      bag.error(.badValue, at: text.span, "'sha256' is 64 hexadecimal digits")
      return nil
    }
    let override = Override(
      rule: rule?.text ?? "", effect: effect ?? .ignore, pattern: pattern, sha256: sha256,
      source: fields.optionalString("source"), reason: fields.string("reason"),
      owner: fields.string("owner"), until: fields.text("until").flatMap(moment),
      span: rule?.span ?? fields.span)
    // One of which a part could not be read would apply too widely.
    let isWhole =
      rule != nil && effect != nil && (fields["pattern"] == nil) == (pattern == nil)
      && (fields["sha256"] == nil) == (sha256 == nil)
      && (fields["source"] == nil) == (override.source == nil)
      && (fields["until"] == nil) == (override.until == nil)
    return isWhole ? override : nil
  }

  private func effect(_ fields: Fields) -> Override.Effect? {
    guard let word: EffectWord = fields.choice("effect", required: true) else { return nil }
    if word != .score, fields["score"] != nil {
      bag.error(
        .overrideEffect, at: fields.place("score"),
        "'score' has no meaning with the effect '\(word.rawValue)'", hint: "write effect: score")
    }
    switch word {
    case .ignore: return .ignore
    case .shadow: return .shadow
    case .off: return .off
    case .score:
      guard fields["score"] != nil else {
        bag.error(.overrideEffect, at: fields.place("effect"), "the effect 'score' needs 'score'")
        return nil
      }
      return fields.integer("score", in: 0...100).map { .score($0) }
    }
  }

  /// A date means the end of that day.
  private func moment(_ text: TracedText) -> Timestamp? {
    let moment = Timestamp(text.text) ?? Timestamp(text.text + "T23:59:59.999999Z")
    if moment == nil {
      bag.error(
        .badValue, at: text.span, "'until' is a date or a moment in UTC",
        hint: "as in 2027-01-31, or 2027-01-31T12:00:00Z")
    }
    return moment
  }

  private func applies(_ override: Override, _ rules: Set<String>?) -> Bool {
    if let rules, !rules.contains(override.rule) {
      bag.warning(
        .overrideUnknownRule, at: override.span,
        "there is no rule '\(override.rule)'; the override does nothing",
        hint: Suggestion.nearest(override.rule, in: rules.sorted())
          .map { "did you mean '\($0)'?" })
      return false
    }
    if let until = override.until, until < options.now {
      bag.warning(
        .overrideEnded, at: override.span, "the override ended at \(until) and does nothing",
        hint: "remove it, or give it a new end")
      return false
    }
    return true
  }
}

/// What `effect:` can say.
private enum EffectWord: String, CaseIterable { case ignore, shadow, off, score }

extension Override {
  /// It applies to every hit of its rule.
  package var isUnconditional: Bool { pattern == nil && sha256 == nil && source == nil }
}
