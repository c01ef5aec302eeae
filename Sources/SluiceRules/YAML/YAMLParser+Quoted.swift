/// Texts in quotes.
extension YAMLParser {
  /// The quoted text at the current place. Lines are folded, blanks around their ends dropped.
  mutating func quoted(double: Bool) throws(YAMLFault) -> TracedText {
    let open = offset
    let start = span(at: open)
    let quote = current
    var builder = TraceBuilder(file)
    offset += 1
    while true {
      let from = offset
      var end = offset
      while !atEnd, !isBreak(current), current != quote, !(double && current == 0x5C) {
        if !isBlank(current) { end = offset + 1 }
        offset += 1
      }
      if atEnd { throw unclosed(open) }
      let text = isBreak(current) ? from..<end : from..<offset
      builder.append(bytes[text], line: line, column: column(at: from))
      if isBreak(current) {
        fold(into: &builder, from: end)
        if atEnd || isAnyMarker { throw unclosed(open) }
      } else if current == quote {
        offset += 1
        guard !double, current == quote else { break }
        builder.append("'", line: line, column: column(at: offset - 1))
        offset += 1
      } else {
        try escape(into: &builder)
      }
    }
    return builder.finish(start: start)
  }

  private func unclosed(_ open: Int) -> YAMLFault {
    YAMLFault(
      .yamlUnclosed, at: open, "this quote is never closed",
      hint: bytes[open] == UInt8(ascii: "'") ? "a single quote in the text is doubled: ''" : nil)
  }

  /// One line end is a blank, more are one less.
  private mutating func fold(into builder: inout TraceBuilder, from end: Int) {
    let place = (line: line, column: column(at: end))
    var breaks = 0
    while isBreak(current) {
      skipBreak()
      breaks += 1
      if !isAnyMarker { skipBlanks() }
    }
    if breaks == 1 {
      builder.append(" ", line: place.line, column: place.column)
    } else {
      for _ in 1..<breaks { builder.append("\n", line: place.line, column: place.column) }
    }
  }

  private mutating func escape(into builder: inout TraceBuilder) throws(YAMLFault) {
    let start = offset
    let column = column(at: start)
    let line = line
    offset += 1
    let kind = current
    if isBreak(kind) {
      skipBreak()
      skipBlanks()
      while isBreak(current) {
        builder.append("\n", line: line, column: column)
        skipBreak()
        skipBlanks()
      }
      return
    }
    offset += 1
    if let digits = ["x": 2, "u": 4, "U": 8][Character(Unicode.Scalar(kind))] {
      builder.append(try hex(digits, from: start), line: line, column: column)
      return
    }
    guard let scalar = Self.escapes[kind] else {
      throw YAMLFault(
        .yamlEscape, at: start, "this escape has no meaning in double quotes",
        hint: "write expressions in single quotes, where a backslash is only a backslash")
    }
    builder.append(scalar, line: line, column: column)
  }

  private mutating func hex(_ digits: Int, from start: Int) throws(YAMLFault) -> Unicode.Scalar {
    var value: UInt32 = 0
    for _ in 0..<digits {
      guard let digit = Character(Unicode.Scalar(current)).hexDigitValue, current < 0x80 else {
        throw YAMLFault(.yamlEscape, at: start, "this escape needs \(digits) hexadecimal digits")
      }
      value = value << 4 | UInt32(digit)
      offset += 1
    }
    guard let scalar = Unicode.Scalar(value) else {
      throw YAMLFault(.yamlEscape, at: start, "this escape stands for no Unicode character")
    }
    return scalar
  }

  private static let escapes: [UInt8: Unicode.Scalar] = [
    UInt8(ascii: "0"): "\0", UInt8(ascii: "a"): "\u{7}", UInt8(ascii: "b"): "\u{8}",
    UInt8(ascii: "t"): "\t", 0x09: "\t", UInt8(ascii: "n"): "\n", UInt8(ascii: "v"): "\u{B}",
    UInt8(ascii: "f"): "\u{C}", UInt8(ascii: "r"): "\r", UInt8(ascii: "e"): "\u{1B}",
    0x20: " ", UInt8(ascii: "\""): "\"", UInt8(ascii: "/"): "/", 0x5C: "\\",
    UInt8(ascii: "N"): "\u{85}", UInt8(ascii: "_"): "\u{A0}", UInt8(ascii: "L"): "\u{2028}",
    UInt8(ascii: "P"): "\u{2029}",
  ]
}
