// SluiceRules: rule packs, overrides and policies as they are written, read into values.
// Trusts: nothing in a pack; a signature is checked against keys that the site trusts.
// Never: compiles or runs an expression, and never reads outside the directories it is given.

import SluiceCore

/// A file that was read, kept so that later checks can still point into it.
package final class SourceText: Sendable {
  /// As shown in diagnostics.
  package let path: String
  /// The whole file as it was read.
  package let bytes: [UInt8]
  /// The offset of each line's first byte; never empty.
  private let starts: [Int]

  package init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
    var starts = [0]
    bytes.withUnsafeBufferPointer { buffer in
      var index = 0
      while index < buffer.count {
        let byte = buffer[index]
        index += 1
        guard byte == 0x0A || byte == 0x0D else { continue }
        if byte == 0x0D, index < buffer.count, buffer[index] == 0x0A { index += 1 }
        starts.append(index)
      }
    }
    self.starts = starts
  }

  package convenience init(path: String, text: String) {
    self.init(path: path, bytes: Array(text.utf8))
  }

  package var lineCount: Int { starts.count }

  /// The text of a line (from 1) without its end, or nil. Bytes that are no UTF-8 are replaced.
  package func line(_ number: Int) -> String? {
    guard number >= 1, number <= starts.count else { return nil }
    var end = number < starts.count ? starts[number] : bytes.count
    let start = starts[number - 1]
    while end > start, bytes[end - 1] == 0x0A || bytes[end - 1] == 0x0D { end -= 1 }
    return String(decoding: bytes[start..<end], as: UTF8.self)
  }

  /// The place of a byte: its line, and its column in characters.
  package func span(atByte offset: Int, length: Int = 1) -> SourceSpan {
    var low = 0
    var high = starts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= offset { low = middle } else { high = middle }
    }
    let before = bytes[starts[low]..<min(offset, bytes.count)]
    let column = before.reduce(1) { $1 & 0xC0 == 0x80 ? $0 : $0 + 1 }
    return SourceSpan(file: self, line: low + 1, column: column, length: length)
  }
}
