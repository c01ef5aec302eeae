import SluiceCore

/// Reads the rules of a pack's rule files.
struct RuleReader {
  static let keys = [
    "id", "title", "why", "severity", "score", "group", "languages", "patterns", "condition",
    "scope", "except", "mode", "action", "sealed", "profiles", "references", "tags", "tests",
  ]
  /// Tests of each kind that a rule must have.
  static let fewestTests = 2

  /// The pack's id; rules are named after it.
  let pack: String
  let exceptions: [Exception]
  let patterns: PatternReader
  let bag: DiagnosticBag

  /// The rules of a file.
  func rules(_ file: YAMLValue) -> [Rule] {
    guard let fields = Fields(file, "a rule file", keys: ["rules"], into: bag),
      let value = fields.required("rules")
    else { return [] }
    return value.items("'rules'", at: fields.place("rules"), into: bag).compactMap(rule)
  }

  private func rule(_ value: YAMLValue) -> Rule? {
    guard let fields = Fields(value, "a rule", keys: Self.keys, into: bag) else { return nil }
    let id = fields.text("id", required: true)
    if let id { check(id) }
    let severity: Severity? = fields.choice("severity", required: true)
    let patterns = fields["patterns"].map {
      self.patterns.patterns($0, at: fields.place("patterns"))
    }
    let (condition, signals) = condition(fields, patterns: patterns ?? [])
    let tests = tests(fields)
    let action: Verdict? = fields.choice("action")
    if action == .pass {
      bag.error(
        .badValue, at: fields.place("action"), "a rule cannot force 'pass'",
        hint: "a site's override can say that a rule does not count")
    }
    let mode: RuleMode? = fields.choice("mode")
    let scope: Rule.Scope? = fields.choice("scope")
    var rule = Rule(
      id: id?.text ?? "", title: fields.string("title"), why: fields.string("why"),
      severity: severity ?? .low,
      score: fields.integer("score", in: 0...100) ?? severity?.score ?? 0,
      group: group(fields), languages: fields.languages(), patterns: patterns ?? [],
      condition: condition, scope: scope ?? .document, except: except(fields),
      mode: mode == .shadow ? .shadow : .enforce, action: action,
      sealed: fields.flag("sealed") ?? false,
      references: fields.references(), tags: fields.tags(), match: tests.match, pass: tests.pass,
      digest: PackFiles.emptyDigest, span: id?.span ?? fields.span,
      conditionText: fields.text("condition"), signals: signals, profiles: slugs(fields, "profiles")
    )
    if rule.sealed, !rule.patterns.contains(where: \.isDigestList) {
      bag.error(
        .sealedWithoutDigests, at: fields.place("sealed"),
        "only a rule with a list of digests can be sealed")
    }
    rule.digest = RuleDigest.of(rule, exceptions: exceptions)
    return id == nil ? nil : rule
  }

  private func check(_ id: TracedText) {
    let parts = id.text.split(separator: ".", omittingEmptySubsequences: false)
    guard (2...5).contains(parts.count), parts.allSatisfy(Names.isSlug) else {
      bag.error(
        .badID, at: id.span,
        "'\(id.text)' is no rule's id; it is pack.theme.name, in a-z, digits and dashes")
      return
    }
    guard pack.isEmpty || parts[0] == pack else {
      bag.error(
        .foreignID, at: id.span, "the id must begin with the pack's own: '\(pack).'")
      return
    }
  }

  private func group(_ fields: Fields) -> String? {
    slugs(fields, "group", most: 1).first
  }

  private func slugs(_ fields: Fields, _ key: String, most: Int = 32) -> [String] {
    let texts = fields.texts(key)
    if texts.count > most {
      bag.error(.badValue, at: fields.place(key), "'\(key)' has at most \(most) entries")
    }
    return texts.prefix(most).compactMap { text in
      guard Names.isSlug(text.text) else {
        bag.error(
          .badName, at: text.span, "'\(text.text)' is no name; it has a-z, digits and dashes")
        return nil
      }
      return text.text
    }
  }

  private func except(_ fields: Fields) -> [String] {
    fields.texts("except").compactMap { text in
      guard exceptions.contains(where: { $0.id == text.text }) else {
        bag.error(
          .undefinedException, at: text.span, "the pack has no exception '\(text.text)'",
          hint: Suggestion.hint(text.text, in: exceptions.map(\.id)))
        return nil
      }
      return text.text
    }
  }

  private func tests(_ fields: Fields) -> (match: [TracedText], pass: [TracedText]) {
    guard let value = fields["tests"] else {
      bag.error(
        .fewTests, at: fields.span, "the rule has no tests",
        hint: "each rule has at least \(Self.fewestTests) texts in 'match' and in 'pass'")
      return ([], [])
    }
    guard let tests = Fields(value, "'tests'", keys: ["match", "pass"], into: bag) else {
      return ([], [])
    }
    let match = tests.texts("match")
    let pass = tests.texts("pass")
    for (key, texts) in [("match", match), ("pass", pass)] where texts.count < Self.fewestTests {
      bag.error(
        .fewTests, at: tests[key] == nil ? fields.place("tests") : tests.place(key),
        "the rule has \(texts.count) of at least \(Self.fewestTests) '\(key)' tests")
    }
    var seen: Set<String> = []
    for text in match + pass where !seen.insert(text.text).inserted {
      bag.error(.duplicateValue, at: text.span, "this text is a test of the rule already")
    }
    return (match, pass)
  }
}

/// What `mode:` can say.
private enum RuleMode: String, CaseIterable { case enforce, shadow }

extension Pattern {
  var isDigestList: Bool {
    if case .digests = kind { true } else { false }
  }
}
