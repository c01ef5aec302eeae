/// What control characters do to a line on a terminal, as far as it changes what is read there:
/// backspace steps back and what follows takes the place of what stood there, delete removes what
/// stands before it, and an escape sequence is not shown.
struct TerminalState {
  private var back = 0

  /// - Returns: how many bytes the control character, or the sequence that it begins, takes.
  mutating func take(
    _ control: UInt32, in block: UnsafeBufferPointer<UInt8>, at index: Int, of end: Int,
    _ scalars: inout [Folder.Scalar]
  ) -> Int {
    switch control {
    case 0x08:
      back = min(back + 1, scalars.count)
      return 1
    case 0x7F:
      if back < scalars.count { scalars.remove(at: scalars.count - back - 1) }
      return 1
    case 0x1B: return Self.length(of: block, at: index, end)
    default: return control < 0x80 ? 1 : 2
    }
  }

  /// The newest characters, from `first` on, go where the terminal stands.
  mutating func place(_ scalars: inout [Folder.Scalar], from first: Int) {
    guard back > 0 else { return }
    let added = scalars[first...]
    let start = first - back
    let replaced = min(back, added.count)
    // An underlined or struck-over letter is that letter.
    let isUnderline = added.count == 1 && added.first?.value == 0x5F
    if !isUnderline { scalars.replaceSubrange(start..<start + replaced, with: added) }
    scalars.removeLast(scalars.count - max(first, start + added.count))
    back -= replaced
  }

  /// Escape sequences of ECMA-48: `ESC [` … to a letter or `@`…`~`, `ESC ]` … to BEL.
  private static func length(of block: UnsafeBufferPointer<UInt8>, at start: Int, _ end: Int) -> Int
  {
    guard start + 1 < end, block[start + 1] < 0x80 else { return 1 }
    let isCommand = block[start + 1] == UInt8(ascii: "]")
    guard isCommand || block[start + 1] == UInt8(ascii: "[") else { return 1 }
    var index = start + 2
    while index < min(end, start + 64) {
      let byte = block[index]
      if isCommand ? byte == 0x07 : (0x40...0x7E).contains(byte) { return index + 1 - start }
      if byte >= 0x80 || byte < 0x20 { break }
      index += 1
    }
    return 1
  }
}
