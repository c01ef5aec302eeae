import SluiceCore

/// Reads patterns, short and long.
struct PatternReader {
  static let keys = ["regex", "case", "views", "validator", "capture", "list"]

  let definitions: DefinitionTable
  /// Finds the lists that patterns name; nil where none may be named.
  let lists: ListFinder?
  let bag: DiagnosticBag

  /// The patterns of a `patterns:` mapping, in the order of the file.
  func patterns(_ value: YAMLValue, at key: SourceSpan) -> [Pattern] {
    value.entries("'patterns'", at: key, into: bag).compactMap { entry in
      let name = entry.key.text
      if !Names.isName(name) {
        bag.error(
          .badName, at: entry.key.span,
          "'\(name)' is no name; a pattern's name is a letter, then letters, digits, '_' and '-'")
      } else if ConditionParser.reserved.contains(name) {
        bag.error(
          .badName, at: entry.key.span,
          "'\(name)' is a word of the condition language and cannot name a pattern")
      }
      return pattern(entry.value, name: name, span: entry.key.span)
    }
  }

  /// One pattern; nil, reported, if there is nothing in it to match with.
  func pattern(_ value: YAMLValue, name: String, span: SourceSpan) -> Pattern? {
    let what = "the pattern '\(name)'"
    guard case .mapping = value.content else {
      guard let text = value.nonEmptyText(what, at: span, into: bag) else { return nil }
      return Pattern(
        name: name, kind: expression(text, value), caseSensitive: false, views: .all,
        validator: nil, capture: .number(0), span: span)
    }
    guard let fields = Fields(value, what, keys: Self.keys, into: bag) else { return nil }
    let validator = fields.text("validator").flatMap(validator)
    let sensitivity: CaseRule? = fields.choice("case")
    guard let kind = kind(fields, name: name, span: span) else { return nil }
    return Pattern(
      name: name, kind: kind, caseSensitive: sensitivity == .sensitive,
      views: views(fields) ?? (validator == nil ? .all : .text), validator: validator,
      capture: capture(fields), span: span)
  }

  private func expression(_ text: TracedText, _ value: YAMLValue) -> Pattern.Kind {
    .expression(
      definitions.insert(into: text, freeSpacing: value.isBlock), freeSpacing: value.isBlock)
  }

  private func kind(_ fields: Fields, name: String, span: SourceSpan) -> Pattern.Kind? {
    switch (fields["regex"], fields["list"]) {
    case (let value?, nil):
      return value.nonEmptyText("'regex'", at: fields.place("regex"), into: bag)
        .map { expression($0, value) }
    case (nil, _?):
      guard let path = fields.text("list") else { return nil }
      guard let lists else {
        bag.error(.patternKind, at: fields.place("list"), "a list cannot stand here")
        return nil
      }
      guard let kind = lists.find(path) else { return nil }
      let useless =
        if case .digests = kind { ["case", "views", "validator", "capture"] } else {
          ["validator", "capture"]
        }
      for key in useless where fields[key] != nil {
        bag.error(.patternKind, at: fields.place(key), "'\(key)' has no meaning for this list")
      }
      return kind
    case (nil, nil):
      bag.error(
        .patternKind, at: span, "the pattern '\(name)' needs 'regex' or 'list'")
    case (_?, _?):
      bag.error(
        .patternKind, at: fields.place("list"), "a pattern has a 'regex' or a 'list', not both")
    }
    return nil
  }

  private func views(_ fields: Fields) -> ViewSet? {
    guard fields["views"] != nil else { return nil }
    var views: ViewSet = []
    for text in fields.texts("views") {
      guard let view: View = text.choice("a view", into: bag) else { continue }
      if views.contains(ViewSet(view)) {
        bag.warning(.duplicateValue, at: text.span, "the view '\(view.rawValue)' stands here twice")
      }
      views.insert(ViewSet(view))
    }
    return views.isEmpty ? nil : views
  }

  private func capture(_ fields: Fields) -> Pattern.Capture {
    guard let text = fields.text("capture") else { return .number(0) }
    if text.text.utf8.allSatisfy(Names.isDigit) {
      return .number(text.integer("'capture'", in: 0...99, into: bag) ?? 0)
    }
    guard text.text.utf8.count <= 32, text.text.utf8.first.map(Names.isDigit) == false,
      text.text.utf8.allSatisfy({ Names.isNameByte($0) && $0 != UInt8(ascii: "-") })
    else {
      bag.error(
        .badValue, at: text.span, "'capture' is the number or the name of a group",
        hint: "as in capture: 1 for the first group")
      return .number(0)
    }
    return .name(text.text)
  }

  /// `luhn`, or `entropy(3.5)` with an argument.
  private func validator(_ text: TracedText) -> ValidatorUse? {
    let written = text.text
    let name = String(written.prefix { $0 != "(" })
    let rest = written.dropFirst(name.count)
    var argument: Double?
    if !rest.isEmpty {
      let inner = rest.dropFirst().dropLast()
      argument = Double(String(inner))
      if rest.last != ")" || !inner.utf8.allSatisfy({ Names.isDigit($0) || $0 == 0x2E }) {
        argument = nil
      }
    }
    guard Names.isSlug(name), rest.isEmpty || argument != nil else {
      bag.error(
        .badValidator, at: text.span, "'\(written)' is no validator's name",
        hint: "as in: luhn, or with a number: entropy(3.5)")
      return nil
    }
    return ValidatorUse(name: name, argument: argument, span: text.span)
  }
}
