import SluiceCore

/// A recursive-descent reader of one YAML document. The file's bytes are valid UTF-8 without control
/// characters (`YAMLCharacters`), and everything that YAML gives a meaning is ASCII.
struct YAMLParser {
  let file: SourceText
  let bytes: [UInt8]
  let limits: YAMLReader.Limits

  var offset = 0
  var line = 1
  var lineStart = 0
  /// Flow collections that are open.
  var flowDepth = 0
  var depth = 0
  var nodes = 0
  var anchors: [String: Anchor] = [:]
  /// Keys given twice: mistakes that do not stop the reading.
  var duplicates: [Diagnostic] = []
  private var columns = (lineStart: 0, offset: 0, column: 1)

  struct Anchor {
    var value: YAMLValue
    var nodes: Int
    var depth: Int
  }

  /// Where the reading stands, to come back to.
  struct Cursor {
    var offset: Int
    var line: Int
    var lineStart: Int
  }

  init(_ file: SourceText, limits: YAMLReader.Limits) {
    self.file = file
    bytes = file.bytes
    self.limits = limits
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      offset = 3
      lineStart = 3
    }
  }

  var cursor: Cursor {
    get { Cursor(offset: offset, line: line, lineStart: lineStart) }
    set {
      offset = newValue.offset
      line = newValue.line
      lineStart = newValue.lineStart
    }
  }

  /// The byte at an offset; 0 at the end of the file, which holds no other NUL.
  @inline(__always) func byte(at offset: Int) -> UInt8 {
    offset < bytes.count ? bytes[offset] : 0
  }

  @inline(__always) var current: UInt8 { byte(at: offset) }

  @inline(__always) var atEnd: Bool { offset >= bytes.count }

  /// The column (from 1, in characters) of an offset in the current line.
  mutating func column(at target: Int) -> Int {
    var from = columns
    if from.lineStart != lineStart || from.offset > target { from = (lineStart, lineStart, 1) }
    while from.offset < target {
      if bytes[from.offset] & 0xC0 != 0x80 { from.column += 1 }
      from.offset += 1
    }
    columns = from
    return from.column
  }

  mutating func span(at target: Int, length: Int = 1) -> SourceSpan {
    SourceSpan(file: file, line: line, column: column(at: target), length: length)
  }

  /// The one document of the file; nil if there is nothing in it.
  mutating func document() throws(YAMLFault) -> YAMLValue? {
    try skipToToken()
    while current == UInt8(ascii: "%"), offset == lineStart {
      guard bytes[offset...].starts(with: "%YAML".utf8) else {
        throw YAMLFault(.yamlUnsupported, at: offset, "directives are not read here")
      }
      skipLine()
      try skipToToken()
    }
    if isMarker("---") { offset += 3 }
    try skipToToken()
    if atEnd { return nil }
    let value = try value(parent: -1, position: .root)
    try skipToToken()
    if isMarker("...") {
      offset += 3
      try skipToToken()
    }
    if isMarker("---") {
      throw YAMLFault(
        .yamlUnsupported, at: offset, "a second document begins here; a file holds one",
        hint: "put it in a file of its own")
    }
    if !atEnd { throw leftOver() }
    return value
  }

  /// What the reading did not expect at the current place.
  func leftOver() -> YAMLFault {
    let first = bytes[lineStart..<offset].allSatisfy { $0 == 0x20 || $0 == 0x09 }
    if first {
      return YAMLFault(
        .yamlIndentation, at: offset,
        "this line is indented neither like its neighbours nor like a part of the value above")
    }
    return YAMLFault(
      .yamlSyntax, at: offset, "more text stands after the end of the value",
      hint: "put the whole text in one pair of quotes")
  }

  /// Counts one more node (and those that an alias repeats).
  mutating func count(_ more: Int = 1, at place: Int) throws(YAMLFault) {
    nodes += more
    guard nodes <= limits.nodes else {
      throw YAMLFault(
        .yamlExpansion, at: place,
        "the file has more than \(limits.nodes) values, those that aliases repeat included")
    }
  }
}
