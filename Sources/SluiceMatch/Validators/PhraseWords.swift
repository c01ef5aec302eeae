/// The words of a recovery phrase as people write it down: separated by spaces, commas or line
/// breaks, with or without numbers.
enum PhraseWords {
  /// Lower-cased ASCII words; what is no letter separates. Empty if a letter is not ASCII.
  static func split(_ bytes: UnsafeRawBufferPointer) -> [[UInt8]] {
    var words: [[UInt8]] = []
    var word: [UInt8] = []
    for byte in bytes {
      let lower = byte | 0x20
      if byte < 0x80, (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(lower) {
        word.append(lower)
      } else if byte >= 0x80 {
        return []
      } else if !word.isEmpty {
        words.append(word)
        word.removeAll(keepingCapacity: true)
      }
    }
    if !word.isEmpty { words.append(word) }
    return words
  }
}
