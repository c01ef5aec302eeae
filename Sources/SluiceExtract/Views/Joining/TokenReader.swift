/// Cuts a block into tokens: runs of letters, digits, the symbols that stand for letters, and
/// everything beyond ASCII that is part of words.
struct TokenReader {
  struct Token {
    var start: Int
    var end: Int
    /// ASCII letters, digits, and symbols that stand for letters.
    var letters = 0
    var digits = 0
    var symbols = 0
    /// Characters beyond ASCII.
    var wide = 0
    /// A letter stands three times in a row.
    var isStretched = false
    /// Nothing but one letter over and over: `www`, `xxx`.
    var isUniform = false

    var range: Range<Int> { start..<end }
    var count: Int { end - start }
    var isLetters: Bool { letters == count }
    /// One letter, or something that can stand for one.
    var isSingle: Bool { letters + digits + symbols + wide == 1 }
  }

  let bytes: UnsafeBufferPointer<UInt8>
  private let table = PropertyTable.shared

  init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  /// The first token that begins at `start` or later.
  func next(from start: Int) -> Token? {
    var index = start
    while index < bytes.count {
      let byte = bytes[index]
      if byte >= 0x80 {
        let (scalar, length) = bytes.scalar(at: index)
        if table[scalar].isWordy { break }
        index += length
      } else {
        if Self.isPart(byte) { break }
        index += 1
      }
    }
    guard index < bytes.count else { return nil }
    return token(at: index)
  }

  private func token(at start: Int) -> Token {
    var token = Token(start: start, end: start)
    var index = start
    var repeats = 0
    var previous: UInt8 = 0
    while index < bytes.count {
      let byte = bytes[index]
      if byte >= 0x80 {
        let (scalar, length) = bytes.scalar(at: index)
        guard table[scalar].isWordy else { break }
        if !table[scalar].contains(.mark) { token.wide += 1 }
        (previous, repeats) = (0, 0)
        index += length
        continue
      }
      if byte.isASCIILetter {
        token.letters += 1
        repeats = previous == byte | 0x20 ? repeats + 1 : 1
        if repeats > 2 { token.isStretched = true }
        previous = byte | 0x20
      } else if byte.isASCIIDigit {
        token.digits += 1
        previous = 0
      } else if Self.isSymbol(byte) {
        token.symbols += 1
        previous = 0
      } else {
        return finished(&token, at: index, repeats)
      }
      index += 1
    }
    return finished(&token, at: index, repeats)
  }

  private func finished(_ token: inout Token, at end: Int, _ repeats: Int) -> Token {
    token.end = end
    token.isUniform = token.isLetters && repeats == token.count && repeats > 1
    return token
  }

  /// `@ $ ! | +`, as in `Leet`.
  static func isSymbol(_ byte: UInt8) -> Bool {
    byte == 0x40 || byte == 0x24 || byte == 0x21 || byte == 0x7C || byte == 0x2B
  }

  static func isPart(_ byte: UInt8) -> Bool { byte.isASCIIWord || isSymbol(byte) }
}
