import SluiceCore

extension YAMLValue {
  /// Where to point for this value: its text as far as it stands on one line.
  var place: SourceSpan { text.map { $0.text.isEmpty ? span : $0.span } ?? span }

  /// This value's text; reported and nil if it is a list, a mapping, or empty.
  func nonEmptyText(_ what: String, at key: SourceSpan, into bag: DiagnosticBag) -> TracedText? {
    guard let text else {
      bag.error(.wrongType, at: span, "\(what) is a text, not \(kind)")
      return nil
    }
    let isEmpty = text.text.utf8.allSatisfy { $0 == 0x20 || $0 == 0x0A || $0 == 0x09 }
    if isNull || isEmpty {
      bag.error(
        .emptyValue, at: text.text.isEmpty ? key : text.span, "\(what) is empty",
        hint: isNull && !text.text.isEmpty ? "quote the word if it is meant as a text" : nil)
      return nil
    }
    return text
  }

  /// This value as a list of texts, each not empty; a text alone is a list of one.
  func texts(_ what: String, at key: SourceSpan, into bag: DiagnosticBag) -> [TracedText] {
    switch content {
    case .sequence(let items):
      if items.isEmpty { bag.error(.emptyValue, at: span, "\(what) is an empty list") }
      return items.compactMap { $0.nonEmptyText("an item of \(what)", at: $0.span, into: bag) }
    case .scalar: return nonEmptyText(what, at: key, into: bag).map { [$0] } ?? []
    case .mapping:
      bag.error(
        .wrongType, at: span, "\(what) is a list of texts, not a mapping",
        hint: "quote a text that holds ': '")
      return []
    }
  }

  /// This value's items; reported and empty if it is no list.
  func items(_ what: String, at key: SourceSpan, into bag: DiagnosticBag) -> [YAMLValue] {
    guard case .sequence(let items) = content else {
      bag.error(
        .wrongType, at: isNull ? key : place, "\(what) is a list, not \(kind)",
        hint: "each item begins with '- '")
      return []
    }
    return items
  }

  /// This value's entries; reported and empty if it is no mapping.
  func entries(_ what: String, at key: SourceSpan, into bag: DiagnosticBag) -> [YAMLEntry] {
    guard case .mapping(let entries) = content else {
      bag.error(.wrongType, at: isNull ? key : place, "\(what) is a mapping of names, not \(kind)")
      return []
    }
    return entries
  }
}

extension TracedText {
  /// A whole number within `range`, or nil with a report.
  func integer(_ what: String, in range: ClosedRange<Int>, into bag: DiagnosticBag) -> Int? {
    guard let number = Int(text), text.utf8.allSatisfy({ $0 != 0x2B }) else {
      bag.error(.badValue, at: span, "\(what) is a whole number, not '\(text)'")
      return nil
    }
    guard range.contains(number) else {
      bag.error(
        .outOfRange, at: span,
        "\(what) is \(number); it must be between \(range.lowerBound) and \(range.upperBound)")
      return nil
    }
    return number
  }

  /// One of the words of a type, or nil with a report.
  func choice<Word>(_ what: String, into bag: DiagnosticBag) -> Word?
  where Word: RawRepresentable<String> & CaseIterable {
    if let word = Word(rawValue: text) { return word }
    bag.error(
      .badValue, at: span, "\(what) cannot be '\(text)'",
      hint: Suggestion.hint(text, in: Word.allCases.map(\.rawValue)))
    return nil
  }
}
