/// Makes the view `folded` of one block of text after another.
///
/// NFKC; characters that are shown as nothing are dropped, backspaces applied as a terminal shows
/// them; marks that no language writes are dropped from Latin letters; look-alikes become the Latin
/// letters they look like in words that mix scripts, and in words of nothing else amid Latin text.
/// A Latin letter in a word that is otherwise Cyrillic or Greek becomes a letter of that script.
///
/// Exclusive access is not checked at run time: what is marked so is touched only in methods of this
/// type, and none of those calls out while it changes.
final class Folder {
  /// A character of the view and the bytes of the block it stands for.
  struct Scalar {
    var value: UInt32
    var origin: Int
    var length: Int
    var trait: Trait = []
  }

  struct Trait: OptionSet {
    let rawValue: UInt8
    /// Comes of a styled letter: mathematical, circled, full-width, small capital.
    static let styled = Trait(rawValue: 1)
    /// A mark on a Latin letter, or such a letter that was written with marks of its own.
    static let marked = Trait(rawValue: 2)
    /// The first of those that no language writes.
    static let odd = Trait(rawValue: 4)
    /// One of two regional indicators that are a flag.
    static let flag = Trait(rawValue: 8)
  }

  @exclusivity(unchecked) var survey = FoldSurvey()
  @exclusivity(unchecked) var scalars: [Scalar] = []
  /// The word at hand differs in what is read, not only in punctuation and blanks.
  @exclusivity(unchecked) var isSignificant = false
  /// What of the word at hand is a disguise that honest writers do not use.
  @exclusivity(unchecked) var isDisguised = false
  /// How many characters shown as nothing stand between Latin letters of the word at hand.
  @exclusivity(unchecked) var hiddenBetween = 0
  let table = PropertyTable.shared
  let normalizer = Normalizer.shared
  let lookAlikes = LookAlikes.shared

  @exclusivity(unchecked) private var cluster: [UInt32] = []

  /// Folds a block of whole characters of valid UTF-8, whose first byte stands at `base` of the
  /// segment's text, into `text`.
  /// - Returns: whether it differs; if not, `text` may be left unfinished.
  func fold(
    _ block: UnsafeBufferPointer<UInt8>, at base: Int, into text: inout ViewText,
    heat: inout DisguiseHeat
  ) -> Bool {
    survey.look(block)
    guard !survey.words.isEmpty else { return false }
    var differs = false
    var cursor = 0
    for word in survey.words {
      heat.plain(bytes: word.start - cursor)
      text.copy(UnsafeBufferPointer(rebasing: block[cursor..<word.start]), at: base + cursor)
      read(block, word)
      strip()
      mapLookAlikes()
      if isUnchanged(block, word) {
        text.copy(
          UnsafeBufferPointer(rebasing: block[word.start..<word.end]), at: base + word.start)
      } else {
        write(into: &text, at: base)
        differs = differs || isSignificant
      }
      if isDisguised || hiddenBetween > 1 { heat.disguised() }
      cursor = word.end
    }
    heat.plain(bytes: block.count - cursor)
    text.copy(UnsafeBufferPointer(rebasing: block[cursor...]), at: base + cursor)
    return differs
  }

  /// Reads a word into `scalars`: normalised, without what is shown as nothing.
  private func read(_ block: UnsafeBufferPointer<UInt8>, _ word: FoldSurvey.Word) {
    scalars.removeAll(keepingCapacity: true)
    (isSignificant, isDisguised, hiddenBetween) = (false, false, 0)
    var terminal = TerminalState()
    var wasHidden = false
    var index = word.start
    while index < word.end {
      let (value, length) = block.scalar(at: index)
      let properties = table[value]
      if properties.contains(.control) {
        index += terminal.take(value, in: block, at: index, of: word.end, &scalars)
        isSignificant = true
        continue
      }
      if properties.contains(.ignorable) {
        if scalars.last.map({ !table[$0.value].isDisjoint(with: .wordy) }) == true {
          wasHidden = true
          if value != 0xAD, let last = scalars.last, (last.value | 0x20) &- 0x61 < 26 {
            hiddenBetween += 1
          }
        }
        index += length
        continue
      }
      if wasHidden, !properties.isDisjoint(with: .wordy) { isSignificant = true }
      wasHidden = false
      let first = scalars.count
      index = take(value, properties, length, block, at: index, of: word.end)
      terminal.place(&scalars, from: first)
    }
  }

  /// One character with the marks that follow it.
  /// - Returns: the index after them.
  private func take(
    _ value: UInt32, _ properties: ScalarProperties, _ length: Int,
    _ block: UnsafeBufferPointer<UInt8>, at start: Int, of end: Int
  ) -> Int {
    var next = start + length
    var marks = 0
    var ahead = next
    cluster.removeAll(keepingCapacity: true)
    while ahead < end {
      let (scalar, length) = block.scalar(at: ahead)
      let follower = table[scalar]
      if follower.contains(.ignorable) {
        ahead += length
        continue
      }
      guard follower.contains(.mark) || Hangul.isTrailing(scalar) else { break }
      ahead += length
      next = ahead
      marks += 1
      // More marks on one character than any writing has are there to be seen, not to be read.
      if marks <= 30 {
        cluster.append(contentsOf: normalizer.decomposition(of: scalar) ?? [scalar])
      }
    }
    if marks == 0, !properties.contains(.changes) {
      scalars.append(
        Scalar(
          value: value, origin: start, length: length,
          trait: properties.contains(.odd) ? [.marked, .odd] : []))
      return next
    }
    let base = normalizer.decomposition(of: value) ?? [value]
    cluster.insert(contentsOf: base, at: 0)
    normalizer.compose(&cluster)
    let isLatin = table[cluster[0]].script == .latin
    let isStyled = base.count == 1 && value >= 0x80 && base[0] < 0x80 && marks == 0
    for (position, scalar) in cluster.enumerated() {
      var trait: Trait = isStyled && (base[0] | 0x20) &- 0x61 < 26 ? .styled : []
      if isLatin, marks > 0 {
        trait.insert(.marked)
        let isOdd =
          position == 0
          ? table[scalar].contains(.odd)
          : position == 1 && normalizer.isOdd(cluster[0], with: scalar)
        if isOdd { trait.insert(.odd) }
      }
      // Heaps of marks on any letter.
      if position > 3, table[scalar].contains(.mark), marks > 4 { continue }
      scalars.append(Scalar(value: scalar, origin: start, length: next - start, trait: trait))
    }
    note(value, properties, block, at: start, until: next, of: end)
    return next
  }

  /// Whether a change of this character is one of what is read.
  private func note(
    _ value: UInt32, _ properties: ScalarProperties, _ block: UnsafeBufferPointer<UInt8>,
    at start: Int, until next: Int, of end: Int
  ) {
    guard !isSignificant else { return }
    if !properties.isDisjoint(with: .wordy) || cluster.contains(where: table.isWordy) {
      isSignificant = true
      return
    }
    let before = start > 0 && block[start - 1].isASCIIWord
    let after = next < block.count && block[next].isASCIIWord
    if properties.contains(.space) {
      isSignificant = before && after
    } else if value &- 0xFF01 < 0x5E || value &- 0xFE10 < 0x60 {
      isSignificant = before || after
    }
  }

  private func isUnchanged(_ block: UnsafeBufferPointer<UInt8>, _ word: FoldSurvey.Word) -> Bool {
    var index = word.start
    for scalar in scalars {
      guard index < word.end else { return false }
      let (value, length) = block.scalar(at: index)
      if value != scalar.value { return false }
      index += length
    }
    return index == word.end
  }

  private func write(into text: inout ViewText, at base: Int) {
    var index = 0
    while index < scalars.count {
      let first = scalars[index]
      var end = index + 1
      while end < scalars.count, scalars[end].origin == first.origin { end += 1 }
      text.append(
        scalars[index..<end].lazy.map(\.value), at: base + first.origin, length: first.length)
      index = end
    }
  }
}

extension ScalarProperties {
  var isWordy: Bool { !isDisjoint(with: .wordy) }
}

extension PropertyTable {
  func isWordy(_ scalar: UInt32) -> Bool { self[scalar].isWordy }
}

extension UInt8 {
  var isASCIILetter: Bool { (self | 0x20) &- 0x61 < 26 }
  var isASCIIDigit: Bool { self &- 0x30 < 10 }
  var isASCIIWord: Bool { isASCIILetter || isASCIIDigit }
}
