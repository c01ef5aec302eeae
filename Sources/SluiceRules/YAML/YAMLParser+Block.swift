import SluiceCore

/// Values by indentation: lists, mappings, and what stands behind a key or a dash.
extension YAMLParser {
  enum Position { case root, entry, item }

  /// The value behind a key (`entry`), behind a dash (`item`) or of the file, in a collection that is
  /// indented by `parent` columns. The reading stands behind the indicator.
  mutating func value(parent: Int, position: Position) throws(YAMLFault) -> YAMLValue {
    depth += 1
    defer { depth -= 1 }
    try checkDepth(at: offset)
    let startLine = line
    let empty = span(at: offset)
    let nodesBefore = nodes
    var anchor: (name: String, offset: Int)?
    while true {
      try skipToToken()
      let indent = offset - lineStart
      let moved = line != startLine
      let isDash = isIndicator(UInt8(ascii: "-"))
      let ends =
        atEnd || isAnyMarker
        || (moved && indent <= parent && !(position == .entry && indent == parent && isDash))
      if ends {
        try count(at: min(offset, bytes.count))
        return remember(Self.null(at: empty), anchor, nodesBefore)
      }
      if current == UInt8(ascii: "&") {
        guard anchor == nil else {
          throw YAMLFault(.yamlSyntax, at: offset, "a value can have one anchor only")
        }
        let start = offset
        anchor = (try name(of: "an anchor"), start)
        continue
      }
      try refuseTag()
      let collections = moved || position != .entry
      if collections, anchor != nil, line == startLine || anchorIsOnThisLine(anchor) {
        let place = cursor
        let isKey = isDash ? true : try key() != nil
        if isKey {
          throw YAMLFault(
            .yamlUnsupported, at: anchor!.offset,
            "an anchor on the line of a key or a dash is not read here",
            hint: "put the anchor on a line of its own, above the value")
        }
        cursor = place
      }
      return remember(
        try node(parent: parent, indent: indent, collections: collections), anchor, nodesBefore)
    }
  }

  private func anchorIsOnThisLine(_ anchor: (name: String, offset: Int)?) -> Bool {
    anchor.map { $0.offset >= lineStart } ?? false
  }

  private mutating func node(
    parent: Int, indent: Int, collections: Bool
  ) throws(YAMLFault) -> YAMLValue {
    try count(at: offset)
    if isIndicator(UInt8(ascii: "-")) {
      guard collections else {
        throw YAMLFault(
          .yamlSyntax, at: offset, "a list begins on a line of its own, not behind its key",
          hint: "put the first '- ' on the next line, or quote the text")
      }
      return try sequence(indent: indent)
    }
    if isIndicator(UInt8(ascii: "?")) {
      throw YAMLFault(.yamlUnsupported, at: offset, "keys written with '? ' are not read here")
    }
    if collections {
      let place = cursor
      let start = span(at: offset)
      if let first = try key() { return try mapping(indent: indent, first: first, start: start) }
      cursor = place
    }
    return try scalar(parent: parent)
  }

  private mutating func sequence(indent: Int) throws(YAMLFault) -> YAMLValue {
    let start = span(at: offset)
    var items: [YAMLValue] = []
    while true {
      offset += 1
      items.append(try value(parent: indent, position: .item))
      try skipToToken()
      if atEnd || isAnyMarker { break }
      guard isFirstOnLine else { throw leftOver() }
      let column = offset - lineStart
      if column > indent { throw leftOver() }
      if column < indent || !isIndicator(UInt8(ascii: "-")) { break }
    }
    return YAMLValue(.sequence(items), span: start)
  }

  private mutating func mapping(
    indent: Int, first: TracedText, start: SourceSpan
  ) throws(YAMLFault) -> YAMLValue {
    var entries: [YAMLEntry] = []
    var places: [String: SourceSpan] = [:]
    var name = first
    while true {
      let value = try value(parent: indent, position: .entry)
      add(YAMLEntry(key: name, value: value), to: &entries, places: &places)
      try skipToToken()
      if atEnd || isAnyMarker { break }
      guard isFirstOnLine else { throw leftOver() }
      let column = offset - lineStart
      if column > indent { throw leftOver() }
      if column < indent { break }
      let place = offset
      guard !isIndicator(UInt8(ascii: "-")), let next = try key() else {
        throw YAMLFault(
          .yamlSyntax, at: place, "a 'key: value' is expected here, as on the lines before",
          hint: "a key is followed by a colon and a blank")
      }
      name = next
    }
    return YAMLValue(.mapping(entries), span: start)
  }

  /// Adds an entry unless its key is there already, which is reported.
  mutating func add(
    _ entry: YAMLEntry, to entries: inout [YAMLEntry], places: inout [String: SourceSpan]
  ) {
    if let earlier = places[entry.key.text] {
      duplicates.append(
        entry.key.span.diagnostic(
          code: DiagnosticCode.duplicateKey.rawValue,
          "the key '\(entry.key.text)' stands here a second time",
          hint: "it is first given on line \(earlier.line)"))
      return
    }
    places[entry.key.text] = entry.key.span
    entries.append(entry)
  }

  func checkDepth(at place: Int) throws(YAMLFault) {
    guard depth <= limits.depth else {
      throw YAMLFault(
        .yamlDepth, at: min(place, bytes.count),
        "lists and mappings are nested more than \(limits.depth) deep")
    }
  }

  func refuseTag() throws(YAMLFault) {
    guard current == UInt8(ascii: "!") else { return }
    throw YAMLFault(
      .yamlUnsupported, at: offset, "tags such as '!!str' are not read here",
      hint: "a text that begins with '!' must be quoted")
  }

  static func null(at span: SourceSpan) -> YAMLValue {
    let text = TracedText(text: "", runs: [TracedText.Run(scalar: 0, span: span)])
    return YAMLValue(.scalar(text, .plain), span: span)
  }
}
