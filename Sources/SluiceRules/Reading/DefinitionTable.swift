import SluiceCore

/// The definitions of a pack, and their insertion into expressions.
final class DefinitionTable {
  struct Definition {
    var text: TracedText
    var freeSpacing: Bool
    /// Its own word on case; nil: as the pattern that it stands in.
    var caseSensitive: Bool?
    var span: SourceSpan
  }

  private let definitions: [String: Definition]
  private let order: [String]
  private let limit: Int
  private let bag: DiagnosticBag
  private var expanded: [String: TracedText] = [:]
  private var used: Set<String> = []

  /// - Parameter limit: characters of an expression with its definitions inserted.
  init(_ value: YAMLValue?, at key: SourceSpan, limit: Int, into bag: DiagnosticBag) {
    self.bag = bag
    self.limit = limit
    var definitions: [String: Definition] = [:]
    var order: [String] = []
    for entry in value?.entries("'definitions'", at: key, into: bag) ?? [] {
      let name = entry.key.text
      guard Names.isName(name) else {
        bag.error(
          .badName, at: entry.key.span,
          "'\(name)' is no name; a definition's name is a letter, then letters, digits, '_' and '-'"
        )
        continue
      }
      guard let definition = Self.read(entry, into: bag) else {
        definitions[name] = nil
        continue
      }
      definitions[name] = definition
      order.append(name)
    }
    self.definitions = definitions
    self.order = order
    warnOfCaptures()
  }

  private static func read(_ entry: YAMLEntry, into bag: DiagnosticBag) -> Definition? {
    let what = "the definition '\(entry.key.text)'"
    if case .mapping = entry.value.content {
      guard let fields = Fields(entry.value, what, keys: ["regex", "case"], into: bag),
        let value = fields.required("regex"),
        let text = value.nonEmptyText("'regex'", at: fields.place("regex"), into: bag)
      else { return nil }
      let sensitivity: CaseRule? = fields.choice("case")
      return Definition(
        text: text, freeSpacing: value.isBlock, caseSensitive: sensitivity.map { $0 == .sensitive },
        span: entry.key.span)
    }
    guard let text = entry.value.nonEmptyText(what, at: entry.key.span, into: bag) else {
      return nil
    }
    return Definition(
      text: text, freeSpacing: entry.value.isBlock, caseSensitive: nil, span: entry.key.span)
  }

  /// An expression with its definitions inserted; problems are reported where they stand, and what
  /// cannot be inserted is left as it is written.
  func insert(into text: TracedText, freeSpacing: Bool) -> TracedText {
    expand(text, freeSpacing: freeSpacing, path: [])
  }

  /// Warns of every definition that no expression has used.
  func reportUnused() {
    for name in order where !used.contains(name) {
      bag.warning(
        .unusedDefinition, at: definitions[name]!.span,
        "no pattern of the pack uses the definition '\(name)'")
    }
  }

  private func expand(_ text: TracedText, freeSpacing: Bool, path: [String]) -> TracedText {
    guard text.text.utf8.contains(UInt8(ascii: "{")) else { return text }
    let scalars = Array(text.text.unicodeScalars)
    let scanner = ReferenceScanner(scalars, freeSpacing: freeSpacing)
    guard let first = scanner.references.first else { return text }
    var builder = TraceBuilder(text.runs[0].span.file)
    var done = 0
    for reference in scanner.references {
      let place = text.span(at: reference.range.lowerBound, length: reference.range.count)
      guard let body = body(of: reference, at: place, path: path) else { continue }
      guard builder.count + body.text.unicodeScalars.count <= limit else {
        bag.error(
          .expressionTooLarge, at: place,
          "with its definitions the expression has more than \(limit) characters")
        break
      }
      builder.append(text, scalars, range: done..<reference.range.lowerBound)
      let definition = definitions[reference.name]!
      builder.append(frame: Self.opening(definition), at: place)
      builder.append(
        body, Array(body.text.unicodeScalars), range: 0..<body.text.unicodeScalars.count)
      builder.append(frame: definition.freeSpacing ? "\n)" : ")", at: place)
      done = reference.range.upperBound
    }
    builder.append(text, scalars, range: done..<scalars.count)
    return builder.finish(start: text.span(at: first.range.lowerBound))
  }

  private static func opening(_ definition: Definition) -> String {
    let sensitivity = definition.caseSensitive
    let on = (sensitivity == false ? "i" : "") + (definition.freeSpacing ? "x" : "")
    let off = (sensitivity == true ? "i" : "") + (definition.freeSpacing ? "" : "x")
    return "(?" + on + (off.isEmpty ? "" : "-" + off) + ":"
  }

  /// A definition's own text, expanded; nil, reported, where it cannot be inserted.
  private func body(
    of reference: ReferenceScanner.Reference, at place: SourceSpan, path: [String]
  ) -> TracedText? {
    let name = reference.name
    guard let definition = definitions[name] else {
      bag.error(
        .undefinedDefinition, at: place, "the pack has no definition '\(name)'",
        hint: Suggestion.hint(name, in: order) ?? "write \\{\\{ for the characters themselves")
      return nil
    }
    used.insert(name)
    guard !reference.inClass else {
      bag.error(
        .definitionInClass, at: place, "a definition cannot be inserted into a character class",
        hint: "let the definition hold the whole class, brackets included")
      return nil
    }
    if path.contains(name) {
      let cycle = (path[path.firstIndex(of: name)!...] + [name]).joined(separator: " → ")
      bag.error(.cyclicDefinition, at: place, "the definition refers to itself: \(cycle)")
      return nil
    }
    if let known = expanded[name] { return known }
    let text = expand(definition.text, freeSpacing: definition.freeSpacing, path: path + [name])
    expanded[name] = text
    return text
  }

  private func warnOfCaptures() {
    for name in order {
      let definition = definitions[name]!
      let scalars = Array(definition.text.text.unicodeScalars)
      let scanner = ReferenceScanner(scalars, freeSpacing: definition.freeSpacing)
      if let capture = scanner.captures.first {
        bag.warning(
          .capturingDefinition, at: definition.text.span(at: capture),
          "a capturing group in a definition shifts the numbers of the groups around it",
          hint: "write (?: … )")
      }
    }
  }
}

/// What `case:` can say.
enum CaseRule: String, CaseIterable { case sensitive, insensitive }
