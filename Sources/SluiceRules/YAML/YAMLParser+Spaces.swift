/// Blanks, comments, line ends and document markers.
extension YAMLParser {
  @inline(__always) func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

  @inline(__always) func isBreak(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }

  /// A blank, a line end, or the end of the file.
  @inline(__always) func isSpace(at target: Int) -> Bool {
    let byte = byte(at: target)
    return byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
      || (byte == 0 && target >= bytes.count)
  }

  /// Past the line end that the reading stands at.
  mutating func skipBreak() {
    if current == 0x0D, byte(at: offset + 1) == 0x0A { offset += 1 }
    offset += 1
    line += 1
    lineStart = offset
  }

  mutating func skipBlanks() {
    while isBlank(current) { offset += 1 }
  }

  /// To the end of the line, not past it.
  mutating func skipLine() {
    while !atEnd, !isBreak(current) { offset += 1 }
  }

  /// Past blanks, comments and line ends to the next token or the end of the file.
  mutating func skipToToken() throws(YAMLFault) {
    while true {
      skipBlanks()
      if current == UInt8(ascii: "#"), offset == lineStart || isBlank(byte(at: offset - 1)) {
        skipLine()
      }
      if isBreak(current) {
        skipBreak()
        continue
      }
      if flowDepth == 0, !atEnd, isFirstOnLine,
        let tab = bytes[lineStart..<offset].firstIndex(of: 0x09)
      {
        throw YAMLFault(
          .yamlTab, at: tab, "a tab stands in the indentation", hint: "indent with spaces")
      }
      return
    }
  }

  /// Whether only blanks stand before the current place on its line.
  var isFirstOnLine: Bool {
    bytes[lineStart..<offset].allSatisfy { $0 == 0x20 || $0 == 0x09 }
  }

  /// Whether a line that is exactly `---` or `...`, or begins with it and a blank, is here.
  func isMarker(_ marker: StaticString) -> Bool {
    offset == lineStart && byte(at: offset) == marker.utf8Start[0]
      && byte(at: offset + 1) == marker.utf8Start[1] && byte(at: offset + 2) == marker.utf8Start[2]
      && isSpace(at: offset + 3)
  }

  var isAnyMarker: Bool { isMarker("---") || isMarker("...") }

  /// Whether `indicator` and then a blank or line end is here.
  func isIndicator(_ indicator: UInt8) -> Bool {
    current == indicator && isSpace(at: offset + 1)
  }
}
