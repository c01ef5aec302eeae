/// Scalars without line structure of their own: plain, quoted, aliases; and keys.
extension YAMLParser {
  /// Whatever stands at the current place that is no block collection.
  mutating func scalar(parent: Int) throws(YAMLFault) -> YAMLValue {
    let start = span(at: offset)
    switch current {
    case UInt8(ascii: "\""):
      return YAMLValue(.scalar(try quoted(double: true), .doubleQuoted), span: start)
    case UInt8(ascii: "'"):
      return YAMLValue(.scalar(try quoted(double: false), .singleQuoted), span: start)
    case UInt8(ascii: "["), UInt8(ascii: "{"): return try flow()
    case UInt8(ascii: "*"): return try alias()
    case UInt8(ascii: "|"), UInt8(ascii: ">"): return try block(parent: parent)
    default:
      return YAMLValue(.scalar(try plain(parent: parent), .plain), span: start)
    }
  }

  /// A key and its colon; nil, with the reading anywhere, if there is none at the current place.
  mutating func key() throws(YAMLFault) -> TracedText? {
    let start = offset
    let startLine = line
    let text: TracedText
    switch current {
    case UInt8(ascii: "\""), UInt8(ascii: "'"):
      guard let end = endOfQuoted() else { return nil }
      var after = end
      while isBlank(byte(at: after)) { after += 1 }
      guard byte(at: after) == UInt8(ascii: ":"), isSpace(at: after + 1) else { return nil }
      text = try quoted(double: current == UInt8(ascii: "\""))
      guard line == startLine else { return nil }
      skipBlanks()
    case UInt8(ascii: "["), UInt8(ascii: "{"), UInt8(ascii: "|"), UInt8(ascii: ">"),
      UInt8(ascii: "*"), UInt8(ascii: "&"), UInt8(ascii: "!"), UInt8(ascii: "#"):
      return nil
    default:
      let end = endOfPlain()
      var after = end
      while isBlank(byte(at: after)) { after += 1 }
      guard end > start, byte(at: after) == UInt8(ascii: ":"), isSpace(at: after + 1) else {
        return nil
      }
      try checkPlainStart()
      var builder = TraceBuilder(file)
      builder.append(bytes[start..<end], line: line, column: column(at: start))
      text = builder.finish(start: span(at: start))
      offset = after
    }
    guard current == UInt8(ascii: ":"), isSpace(at: offset + 1) else { return nil }
    guard offset - start <= 1024 else {
      throw YAMLFault(.yamlSyntax, at: start, "a key has at most 1024 bytes")
    }
    try count(at: start)
    offset += 1
    return text
  }

  /// Where a quoted text that ends on this line ends (behind its quote); nil if it does not.
  private func endOfQuoted() -> Int? {
    let quote = current
    var place = offset + 1
    while place < bytes.count, !isBreak(bytes[place]) {
      if bytes[place] == quote {
        if quote == UInt8(ascii: "'"), byte(at: place + 1) == quote {
          place += 2
          continue
        }
        return place + 1
      }
      place += quote == UInt8(ascii: "\"") && bytes[place] == UInt8(ascii: "\\") ? 2 : 1
    }
    return nil
  }

  /// Where the plain text on this line ends: before `: `, ` #`, a flow indicator in a flow
  /// collection, or the line end; blanks at its end left out.
  func endOfPlain() -> Int {
    var place = offset
    var end = offset
    while place < bytes.count {
      let byte = bytes[place]
      if isBreak(byte) { break }
      if byte == UInt8(ascii: ":") {
        if isSpace(at: place + 1) { break }
        if flowDepth > 0, Self.isFlowIndicator(self.byte(at: place + 1)) { break }
      } else if flowDepth > 0, Self.isFlowIndicator(byte) {
        break
      } else if byte == UInt8(ascii: "#"), place > offset, isBlank(bytes[place - 1]) {
        break
      }
      place += 1
      if !isBlank(byte) { end = place }
    }
    return end
  }

  func checkPlainStart() throws(YAMLFault) {
    switch current {
    case UInt8(ascii: "@"), UInt8(ascii: "`"), UInt8(ascii: "%"), UInt8(ascii: ","),
      UInt8(ascii: "]"), UInt8(ascii: "}"), UInt8(ascii: "#"):
      throw YAMLFault(
        .yamlPlain, at: offset,
        "a text without quotes cannot begin with '\(Character(Unicode.Scalar(current)))'",
        hint: "put it in single quotes")
    default: return
    }
  }

  /// A text without quotes; its further lines are indented by more than `parent`.
  private mutating func plain(parent: Int) throws(YAMLFault) -> TracedText {
    try checkPlainStart()
    let start = offset
    let startSpan = span(at: start)
    var builder = TraceBuilder(file)
    while true {
      let end = endOfPlain()
      builder.append(bytes[offset..<end], line: line, column: column(at: offset))
      offset = end
      let lineEnd = cursor
      skipBlanks()
      if current == UInt8(ascii: ":"), flowDepth == 0 {
        if line != startSpan.line {
          skipIndentation()
          throw YAMLFault(
            .yamlIndentation, at: offset,
            "this line is indented more than the key above, which makes it part of that key's text",
            hint: "indent it like the keys that it belongs to, or quote the text")
        }
        throw YAMLFault(
          .yamlPlain, at: offset, "a text without quotes cannot hold a colon before a blank",
          hint: "put the text in single quotes (a quote in it is doubled)")
      }
      guard isBreak(current) else { break }
      guard let breaks = foldedBreaks(parent: parent) else {
        cursor = lineEnd
        break
      }
      let (newLine, newColumn) = (lineEnd.line, column(at: lineEnd))
      if breaks == 1 {
        builder.append(" ", line: newLine, column: newColumn)
      } else {
        for _ in 1..<breaks { builder.append("\n", line: newLine, column: newColumn) }
      }
    }
    guard !builder.isEmpty else {
      throw YAMLFault(
        .yamlSyntax, at: start, "a value is expected here, not ':'", hint: "quote the text")
    }
    return builder.finish(start: startSpan)
  }

  /// Back to the first character of the line that is no blank.
  private mutating func skipIndentation() {
    offset = lineStart
    skipBlanks()
  }

  /// Past line ends to the next line of a plain text: how many there were, or nil if it has no
  /// further line.
  private mutating func foldedBreaks(parent: Int) -> Int? {
    var breaks = 0
    while isBreak(current) {
      skipBreak()
      breaks += 1
      while current == 0x20 { offset += 1 }
      let indent = offset - lineStart
      skipBlanks()
      if isBreak(current) { continue }
      if atEnd || isAnyMarker || current == UInt8(ascii: "#") { return nil }
      if flowDepth == 0, indent <= parent { return nil }
      if flowDepth > 0, Self.isFlowIndicator(current) || current == UInt8(ascii: ":") {
        return nil
      }
    }
    return breaks
  }

  /// The column of a place that the reading may have left.
  mutating func column(at place: Cursor) -> Int {
    let here = cursor
    cursor = place
    defer { cursor = here }
    return column(at: place.offset)
  }
}
