/// Makes the view `joined` of one block after another, from its text or from what folding made of it.
///
/// Letters that are spread come together, digits and symbols in words become letters, letters drawn
/// out are shortened, words that are broken over lines or by signs are mended. What it does rests on
/// words that it knows, so that ordinary text stays as it is.
///
/// Exclusive access is not checked at run time: what is marked so is touched only in methods of this
/// type, and none of those calls out while it changes.
final class Joiner {
  let filter = WordFilter.shared
  let repair = WordRepair()

  @exclusivity(unchecked) var source = JoinSource(UnsafeBufferPointer(start: nil, count: 0), at: 0)
  @exclusivity(unchecked) var reader = TokenReader(UnsafeBufferPointer(start: nil, count: 0))
  /// Up to where the block has been written.
  @exclusivity(unchecked) var cursor = 0
  /// Letters were spread in this block: runs of blanks between words are one blank.
  @exclusivity(unchecked) var isSpread = false
  /// Something was mended in this block that a rule looks for, or letters that were spread: else no rule
  /// can tell the view from the text.
  @exclusivity(unchecked) var matters = false
  /// Up to where tokens stand that are numbers of one digit, spread.
  @exclusivity(unchecked) var numbersEnd = 0
  /// Where the last word ends in which digits stood for letters.
  @exclusivity(unchecked) var leetEnd: Int?
  /// Words of this block have letters swapped.
  @exclusivity(unchecked) private var hasSwaps = false

  /// - Returns: whether the view differs from the source in something that matters; if not, `text` may be
  ///   left unfinished.
  func join(
    _ source: JoinSource, _ look: QuickLook, into text: inout ViewText, heat: inout DisguiseHeat
  ) -> Bool {
    self.source = source
    reader = TokenReader(source.bytes)
    (cursor, numbersEnd, leetEnd, isSpread, matters) = (0, 0, nil, false, false)
    hasSwaps = samplesSwaps()
    var differs = false
    var index = 0
    for range in hasSwaps ? [0..<source.bytes.count] : look.ranges(of: .join, reach: 24) {
      index = max(index, startOfToken(range.lowerBound))
      while let token = reader.next(from: index), token.start < range.upperBound {
        index = token.end
        guard let end = mend(token, into: &text, heat: &heat) else { continue }
        differs = true
        index = end
        cursor = end
      }
    }
    guard differs, matters else { return false }
    copy(upTo: source.bytes.count, into: &text)
    return true
  }

  /// - Returns: up to where the block was mended; nil where it is as it was.
  private func mend(
    _ token: TokenReader.Token, into text: inout ViewText, heat: inout DisguiseHeat
  ) -> Int? {
    if token.isSingle, let end = mendSpread(token, into: &text, heat: &heat) { return end }
    if token.wide > 0 || token.isUniform { return nil }
    let next = token.end < source.bytes.count ? source.bytes[token.end] : 0
    if token.isLetters, !token.isStretched {
      switch next {
      case 0x0A, 0x0D: return mendBreak(token, into: &text)
      case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "*"), UInt8(ascii: "_"),
        UInt8(ascii: "/"), UInt8(ascii: "\\"), UInt8(ascii: "~"), UInt8(ascii: "^"):
        return mendSigns(token, into: &text, heat: &heat)
      default: return hasSwaps ? mendSwap(token, into: &text) : nil
      }
    }
    if next == UInt8(ascii: "*"), let end = mendSigns(token, into: &text, heat: &heat) {
      return end
    }
    if token.digits == token.count { return mendNumber(token, into: &text) }
    guard token.letters > 0 || token.symbols > 0, token.count < 40 else { return nil }
    return mendLeet(token, into: &text, heat: &heat)
  }

  func isOfToken(_ byte: UInt8) -> Bool { byte >= 0x80 || TokenReader.isPart(byte) }

  private func startOfToken(_ index: Int) -> Int {
    var start = min(index, source.bytes.count)
    while start > 0, start > index - 64,
      isOfToken(source.bytes[start - 1])
    {
      start -= 1
    }
    // A stretch to look at can begin within a character.
    while start > 0, start < source.bytes.count, source.bytes[start] & 0xC0 == 0x80 { start -= 1 }
    return start
  }

  /// Writes what stands before the next mended word.
  func copy(upTo end: Int, into text: inout ViewText) {
    guard isSpread else { return source.copy(cursor..<end, into: &text) }
    var start = cursor
    var index = cursor
    while index < end {
      guard source.bytes[index] == 0x20, index + 1 < end, source.bytes[index + 1] == 0x20 else {
        index += 1
        continue
      }
      source.copy(start..<index, into: &text)
      var after = index
      while after < end, source.bytes[after] == 0x20 { after += 1 }
      appendBlank(index..<after, into: &text)
      (start, index) = (after, after)
    }
    source.copy(start..<end, into: &text)
  }

  func appendBlank(_ range: Range<Int>, into text: inout ViewText) {
    let span = source.span(of: range)
    text.append(bytes: [0x20], at: span.lowerBound, length: span.count)
  }

  /// Whether swapped letters explain many of the words that nobody knows, in the first ones.
  private func samplesSwaps() -> Bool {
    var (unknown, swapped, seen) = (0, 0, 0)
    var index = 0
    while seen < 64, index < 2048, let token = reader.next(from: index) {
      index = token.end
      guard token.isLetters, token.count > 4, token.count < 25 else { continue }
      seen += 1
      let word = lowered(token.range)
      if filter.isWord(word) { continue }
      unknown += 1
      // Two of three unknown words are not tried: it is the share that counts.
      if unknown > 24 { break }
      if repair.swap(Array(word)) != nil { swapped += 1 }
    }
    return swapped * 3 >= unknown && swapped > (seen < 24 ? 0 : 1)
  }
}
