import CSluiceScan

/// The words with which all matches of a pattern begin, by their tags: a bit for each head of words
/// that may go on, and one for each part of both tags of whole words. Bits can stand for others too.
struct StartWords {
  /// 256 bits for heads, then 4,096 for whole words.
  private(set) var bits = [UInt64](repeating: 0, count: 4 + 64)

  /// Nil where the words are of every kind.
  init?(_ slot: WordSlot) {
    for word in slot.words {
      guard TriggerBuilder.hasKnownHead(word) else { return nil }
      let scalars = TriggerBuilder.scalars(word)
      let tags = sluice_tags(scalars, scalars.count)
      switch word.ending {
      case .exact: set(4 * 64 + Int(tags & 0xFFF))
      case .open: set(Int(tags >> 8))
      }
    }
  }

  private mutating func set(_ bit: Int) { bits[bit >> 6] |= 1 << UInt64(bit & 63) }

  /// Whether a word of these tags may be one of a set's.
  @inline(__always)
  static func holds(_ bits: UnsafePointer<UInt64>, _ tags: UInt16) -> Bool {
    let (head, whole) = (Int(tags >> 8), Int(tags & 0xFFF))
    return (bits[head >> 6] >> UInt64(head & 63) | bits[4 + whole >> 6] >> UInt64(whole & 63)) & 1
      != 0
  }
}
