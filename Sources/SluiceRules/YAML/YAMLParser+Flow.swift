/// Lists in `[ ]` and mappings in `{ }`.
extension YAMLParser {
  static func isFlowIndicator(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "}"),
      UInt8(ascii: ","):
      true
    default: false
    }
  }

  mutating func flow() throws(YAMLFault) -> YAMLValue {
    depth += 1
    flowDepth += 1
    defer {
      depth -= 1
      flowDepth -= 1
    }
    try checkDepth(at: offset)
    return current == UInt8(ascii: "[") ? try flowSequence() : try flowMapping()
  }

  private mutating func flowSequence() throws(YAMLFault) -> YAMLValue {
    let open = offset
    let start = span(at: open)
    var items: [YAMLValue] = []
    offset += 1
    while true {
      try skipInFlow(open: open, "list")
      if current == UInt8(ascii: "]") { break }
      items.append(try flowValue())
      try skipInFlow(open: open, "list")
      if current == UInt8(ascii: ":") {
        throw YAMLFault(
          .yamlUnsupported, at: offset, "a 'key: value' in a list needs braces",
          hint: "write [{key: value}], quote the text, or close the list of line \(start.line)")
      }
      if current == UInt8(ascii: ",") {
        offset += 1
      } else if current != UInt8(ascii: "]") {
        throw separator("]")
      }
    }
    offset += 1
    return YAMLValue(.sequence(items), span: start)
  }

  private mutating func flowMapping() throws(YAMLFault) -> YAMLValue {
    let open = offset
    let start = span(at: open)
    var entries: [YAMLEntry] = []
    var places: [String: SourceSpan] = [:]
    offset += 1
    while true {
      try skipInFlow(open: open, "mapping")
      if current == UInt8(ascii: "}") { break }
      let place = offset
      guard let key = try flowValue().text else {
        throw YAMLFault(.yamlUnsupported, at: place, "a key is a text, not a list or mapping")
      }
      try skipInFlow(open: open, "mapping")
      var value = Self.null(at: span(at: offset))
      if current == UInt8(ascii: ":") {
        offset += 1
        try skipInFlow(open: open, "mapping")
        if current != UInt8(ascii: ","), current != UInt8(ascii: "}") { value = try flowValue() }
        try skipInFlow(open: open, "mapping")
      }
      add(YAMLEntry(key: key, value: value), to: &entries, places: &places)
      if current == UInt8(ascii: ",") {
        offset += 1
      } else if current != UInt8(ascii: "}") {
        throw separator("}")
      }
    }
    offset += 1
    return YAMLValue(.mapping(entries), span: start)
  }

  private mutating func flowValue() throws(YAMLFault) -> YAMLValue {
    try count(at: offset)
    try refuseTag()
    if current == UInt8(ascii: "&") {
      throw YAMLFault(.yamlUnsupported, at: offset, "anchors in [ ] and { } are not read here")
    }
    if isIndicator(UInt8(ascii: "?")) || isIndicator(UInt8(ascii: "-")) {
      throw YAMLFault(
        .yamlSyntax, at: offset, "'- ' and '? ' have no meaning in [ ] and { }",
        hint: "separate the items with commas")
    }
    if current == UInt8(ascii: "|") || current == UInt8(ascii: ">") {
      throw YAMLFault(
        .yamlSyntax, at: offset, "a block text cannot stand in [ ] and { }",
        hint: "quote a text that begins with '|' or '>'")
    }
    return try scalar(parent: -1)
  }

  private mutating func skipInFlow(open: Int, _ what: String) throws(YAMLFault) {
    try skipToToken()
    if atEnd || isAnyMarker {
      throw YAMLFault(.yamlUnclosed, at: open, "this \(what) is never closed")
    }
  }

  private func separator(_ close: String) -> YAMLFault {
    YAMLFault(
      .yamlSyntax, at: offset, "',' or '\(close)' is expected here",
      hint: "quote a text that holds , [ ] { } or ': '")
  }
}
