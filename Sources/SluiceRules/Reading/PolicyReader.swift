import SluiceCore

/// Reads the policies of a config.
package enum PolicyReader {
  package static let keys = [
    "name", "sources", "packs", "thresholds", "caps", "unexamined", "profiles",
  ]

  /// A list of policies; problems go to `bag`.
  package static func read(_ value: YAMLValue, into bag: DiagnosticBag) -> [Policy] {
    var seen: Set<String> = []
    var catchAll: String?
    return value.items("'policies'", at: value.span, into: bag).compactMap { item in
      guard let fields = Fields(item, "a policy", keys: keys, into: bag) else { return nil }
      let name = fields.text("name", required: true)
      if let name {
        if !Names.isName(name.text) {
          bag.error(
            .badName, at: name.span, "'\(name.text)' is no name of letters, digits, '_' and '-'")
        } else if !seen.insert(name.text).inserted {
          bag.error(.duplicateValue, at: name.span, "the policy '\(name.text)' is there already")
        }
      }
      let policy = policy(fields, name: name?.text ?? "")
      if let catchAll {
        bag.error(
          .policyUnreachable, at: name?.span ?? fields.span,
          "the policy is never used: '\(catchAll)' before it takes every source",
          hint: "the first policy that matches wins; put the general one last")
      }
      if policy.sources.isEmpty || policy.sources.contains("*") { catchAll = policy.name }
      return policy
    }
  }

  /// Warns of packs and profiles that policies name and no pack knows.
  package static func check(
    _ value: YAMLValue, against ruleSet: RuleSet, into bag: DiagnosticBag
  ) {
    guard case .sequence(let items) = value.content else { return }
    let packs = ruleSet.packs.map(\.id)
    let profiles = Set(ruleSet.rules.flatMap(\.profiles)).sorted()
    for item in items {
      for (key, known, what) in [("packs", packs, "pack"), ("profiles", profiles, "profile")] {
        for text in names(item[key]) where !known.contains(text.text) {
          warn(text, what, known, bag)
        }
      }
      if case .mapping(let entries) = item["caps"]?.content {
        for entry in entries where !packs.contains(entry.key.text) {
          warn(entry.key, "pack", packs, bag)
        }
      }
    }
  }

  private static func names(_ value: YAMLValue?) -> [TracedText] {
    switch value?.content {
    case .sequence(let items): items.compactMap(\.text)
    case .scalar(let text, _): [text]
    default: []
    }
  }

  private static func warn(
    _ text: TracedText, _ what: String, _ known: [String], _ bag: DiagnosticBag
  ) {
    bag.warning(
      .policyUnknown, at: text.span,
      what == "pack"
        ? "no pack '\(text.text)' is loaded" : "no rule has the profile '\(text.text)'",
      hint: Suggestion.hint(text.text, in: known))
  }

  private static func policy(_ fields: Fields, name: String) -> Policy {
    var policy = Policy.standard
    policy.name = name
    policy.sources = fields.strings("sources")
    policy.packs = slugs(fields, "packs")
    policy.profiles = slugs(fields, "profiles")
    thresholds(fields, &policy)
    for entry in entries(fields, "caps") {
      if let cap: Verdict = entry.value.word("a cap", fields.bag) {
        policy.caps[entry.key.text] = cap
      }
    }
    for entry in entries(fields, "unexamined") {
      let cause: Unexamined.Cause? = entry.key.choice("a cause", into: fields.bag)
      let verdict: Verdict? = entry.value.word("a verdict", fields.bag)
      if let cause, let verdict { policy.unexamined[cause] = verdict }
    }
    return policy
  }

  private static func entries(_ fields: Fields, _ key: String) -> [YAMLEntry] {
    fields[key]?.entries("'\(key)'", at: fields.place(key), into: fields.bag) ?? []
  }

  private static func slugs(_ fields: Fields, _ key: String) -> [String] {
    if case .sequence(let items) = fields[key]?.content, items.isEmpty { return [] }
    return fields.texts(key).compactMap { text in
      guard Names.isSlug(text.text) else {
        fields.bag.error(
          .badName, at: text.span, "'\(text.text)' is no name of a-z, digits and dashes")
        return nil
      }
      return text.text
    }
  }

  private static func thresholds(_ fields: Fields, _ policy: inout Policy) {
    guard let value = fields["thresholds"],
      let inner = Fields(value, "'thresholds'", keys: ["annotate", "quarantine"], into: fields.bag)
    else { return }
    policy.annotate = inner.integer("annotate", in: 1...100) ?? policy.annotate
    policy.quarantine = inner.integer("quarantine", in: 1...100) ?? policy.quarantine
    if policy.annotate > policy.quarantine {
      fields.bag.error(
        .policyThresholds, at: fields.place("thresholds"),
        "annotate from \(policy.annotate) is above quarantine from \(policy.quarantine)",
        hint: "a cap keeps a harm at annotate")
    }
  }
}

extension YAMLValue {
  /// One of the words of a type, or nil with a report.
  fileprivate func word<Word>(_ what: String, _ bag: DiagnosticBag) -> Word?
  where Word: RawRepresentable<String> & CaseIterable {
    nonEmptyText(what, at: span, into: bag).flatMap { $0.choice(what, into: bag) }
  }
}
