import SluiceCore

/// The keys of one mapping, taken one by one; whatever is wrong with them is reported where it
/// stands.
struct Fields {
  /// What the mapping is, for messages: `a rule`, `the manifest`.
  let what: String
  let span: SourceSpan
  let bag: DiagnosticBag
  private let values: [String: YAMLValue]
  private let places: [String: SourceSpan]

  /// - Returns: nil, with a report, if `value` is no mapping. Keys that are not in `keys` are
  ///   reported with the nearest that is.
  init?(_ value: YAMLValue, _ what: String, keys: [String], into bag: DiagnosticBag) {
    guard case .mapping(let entries) = value.content else {
      bag.error(
        .wrongType, at: value.place, "\(what) is a mapping of keys, not \(value.kind)",
        hint: "keys: \(keys.joined(separator: ", "))")
      return nil
    }
    self.what = what
    self.bag = bag
    span = entries.first?.key.span ?? value.span
    var values: [String: YAMLValue] = [:]
    var places: [String: SourceSpan] = [:]
    for entry in entries {
      let key = entry.key.text
      if keys.contains(key) {
        values[key] = entry.value
        places[key] = entry.key.span
      } else {
        bag.error(
          .unknownKey, at: entry.key.span, "\(what) has no key '\(key)'",
          hint: Suggestion.hint(key, in: keys))
      }
    }
    self.values = values
    self.places = places
  }

  /// The value of a key; nil if it is not given.
  subscript(key: String) -> YAMLValue? { values[key] }

  /// Where a key stands; the mapping's own place if it is not given.
  func place(_ key: String) -> SourceSpan { places[key] ?? span }

  /// The value of a key that must be given.
  func required(_ key: String) -> YAMLValue? {
    if values[key] == nil {
      bag.error(.missingKey, at: span, "\(what) needs the key '\(key)'")
    }
    return values[key]
  }

  /// A text that is not empty.
  func text(_ key: String, required: Bool = false) -> TracedText? {
    guard let value = required ? self.required(key) : values[key] else { return nil }
    return value.nonEmptyText("'\(key)'", at: place(key), into: bag)
  }

  /// A text as a plain string; `""` where it must be given and is not.
  func string(_ key: String) -> String {
    text(key, required: true)?.text.trimmedLineEnd ?? ""
  }

  func optionalString(_ key: String) -> String? { text(key)?.text.trimmedLineEnd }

  /// A list of texts, each not empty; a text alone is a list of one.
  func texts(_ key: String, required: Bool = false) -> [TracedText] {
    guard let value = required ? self.required(key) : values[key] else { return [] }
    return value.texts("'\(key)'", at: place(key), into: bag)
  }

  func strings(_ key: String, required: Bool = false) -> [String] {
    texts(key, required: required).map(\.text.trimmedLineEnd)
  }

  func flag(_ key: String) -> Bool? {
    guard let text = text(key) else { return nil }
    switch text.text {
    case "true", "True", "TRUE": return true
    case "false", "False", "FALSE": return false
    default:
      bag.error(.badValue, at: text.span, "'\(key)' is true or false")
      return nil
    }
  }

  /// A whole number within `range`.
  func integer(_ key: String, in range: ClosedRange<Int>) -> Int? {
    text(key).flatMap { $0.integer("'\(key)'", in: range, into: bag) }
  }

  /// One of the words of a type.
  func choice<Word>(_ key: String, required: Bool = false) -> Word?
  where Word: RawRepresentable<String> & CaseIterable {
    text(key, required: required).flatMap { $0.choice("'\(key)'", into: bag) }
  }
}

extension String {
  /// Without the line end that a block scalar leaves.
  var trimmedLineEnd: String {
    guard last == "\n" else { return self }
    var text = self
    while text.last == "\n" { text.removeLast() }
    return text
  }
}
