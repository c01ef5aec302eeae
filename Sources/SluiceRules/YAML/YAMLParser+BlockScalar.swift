/// Literal (`|`) and folded (`>`) texts.
extension YAMLParser {
  private enum Chomping { case clip, strip, keep }

  /// The block text whose indicator is at the current place, in a collection indented by `parent`.
  mutating func block(parent: Int) throws(YAMLFault) -> YAMLValue {
    let start = span(at: offset)
    let folded = current == UInt8(ascii: ">")
    offset += 1
    let (chomping, explicit) = try blockHeader()
    var builder = TraceBuilder(file)
    var indent = explicit.map { max(parent, 0) + $0 } ?? 0
    var ends: [Cursor] = []
    try blockLines(&indent, known: explicit != nil, parent: parent, ends: &ends)
    var pending: Cursor?
    var leadingBlank = false
    while offset - lineStart == indent, !atEnd, !(indent == 0 && isAnyMarker) {
      let blank = isBlank(current)
      if let end = pending {
        if folded, !leadingBlank, !blank {
          if ends.isEmpty { append(" ", at: end, to: &builder) }
        } else {
          append("\n", at: end, to: &builder)
        }
      }
      for end in ends { append("\n", at: end, to: &builder) }
      ends = []
      leadingBlank = blank
      let from = offset
      skipLine()
      builder.append(bytes[from..<offset], line: line, column: column(at: from))
      pending = nil
      guard isBreak(current) else { break }
      pending = cursor
      skipBreak()
      try blockLines(&indent, known: true, parent: parent, ends: &ends)
    }
    if chomping != .strip, let end = pending { append("\n", at: end, to: &builder) }
    if chomping == .keep { for end in ends { append("\n", at: end, to: &builder) } }
    return YAMLValue(
      .scalar(builder.finish(start: start), folded ? .folded : .literal), span: start)
  }

  private mutating func blockHeader() throws(YAMLFault) -> (Chomping, Int?) {
    var chomping = Chomping.clip
    var indent: Int?
    header: while true {
      switch current {
      case UInt8(ascii: "-") where chomping == .clip: chomping = .strip
      case UInt8(ascii: "+") where chomping == .clip: chomping = .keep
      case UInt8(ascii: "1")...UInt8(ascii: "9") where indent == nil:
        indent = Int(current) - 48
      default: break header
      }
      offset += 1
    }
    let end = offset
    skipBlanks()
    if current == UInt8(ascii: "#"), offset > end { skipLine() }
    guard atEnd || isBreak(current) else {
      throw YAMLFault(
        .yamlSyntax, at: offset, "the text of '|' and '>' begins on the next line",
        hint: "quote a text that begins with '|' or '>'")
    }
    if !atEnd { skipBreak() }
    return (chomping, indent)
  }

  /// Past empty lines, whose ends go to `ends`, and the indentation of the next line. The first line
  /// with text sets the indentation, unless it is known.
  private mutating func blockLines(
    _ indent: inout Int, known: Bool, parent: Int, ends: inout [Cursor]
  ) throws(YAMLFault) {
    var widest = (columns: 0, offset: 0)
    while true {
      while current == 0x20, !known || offset - lineStart < indent { offset += 1 }
      if isBreak(current) {
        if offset - lineStart > widest.columns { widest = (offset - lineStart, offset) }
        ends.append(cursor)
        skipBreak()
        continue
      }
      break
    }
    if !known {
      indent = max(parent + 1, offset - lineStart)
      if !atEnd, offset - lineStart > parent, widest.columns > indent {
        throw YAMLFault(
          .yamlIndentation, at: widest.offset,
          "an empty line before the text is indented more than the text")
      }
    }
    if current == 0x09, offset - lineStart < indent, offset - lineStart > parent {
      throw YAMLFault(
        .yamlTab, at: offset, "a tab stands in the indentation", hint: "indent with spaces")
    }
  }

  private mutating func append(
    _ scalar: Unicode.Scalar, at place: Cursor, to builder: inout TraceBuilder
  ) {
    builder.append(scalar, line: place.line, column: column(at: place))
  }
}
