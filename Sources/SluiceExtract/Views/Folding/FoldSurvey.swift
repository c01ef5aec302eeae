/// A first look at a block of text: which of its words folding may change, and what the writing of
/// the block is, since a word like "оса" is honest amid Cyrillic and a disguise amid Latin.
struct FoldSurvey {
  /// A stretch without white space that must be looked at closely.
  struct Word {
    var start: Int
    var end: Int
  }

  private(set) var words: [Word] = []
  private(set) var latinLetters = 0
  /// Letters that look like no Latin letter, by script.
  private(set) var plainForeign = [Int](repeating: 0, count: 8)
  private(set) var unspacedLetters = 0
  /// Words of Latin letters and of letters that only look like them.
  private(set) var mixedWords = 0
  /// Latin letters with marks that no language writes.
  private(set) var oddLetters = 0

  private let table = PropertyTable.shared

  /// Takes in a block: whole characters of valid UTF-8.
  mutating func look(_ block: UnsafeBufferPointer<UInt8>) {
    words.removeAll(keepingCapacity: true)
    (latinLetters, unspacedLetters, mixedWords, oddLetters) = (0, 0, 0, 0)
    for script in plainForeign.indices { plainForeign[script] = 0 }
    // What goes back can go back over blanks: then a line is a word.
    let byLine = block.contains { $0 == 0x08 || $0 == 0x7F }
    var state = State()
    var index = 0
    while index < block.count {
      let byte = block[index]
      if byte < 0x80 {
        if byte == 0x0A || (!byLine && byte <= 0x20 && (byte == 0x20 || byte &- 9 < 5)) {
          finish(&state, at: index)
          state = State(start: index &+ 1)
        } else if (byte | 0x20) &- 0x61 < 26 {
          latinLetters &+= 1
          state.scripts |= 1 << ScalarProperties.Script.latin.rawValue
          (state.base, state.before, state.rank) = (UInt32(byte), true, 0)
        } else {
          if byte < 0x20 || byte == 0x7F { state.isUnquiet = state.isUnquiet || byte &- 9 >= 5 }
          (state.before, state.rank) = (false, 0)
        }
        index &+= 1
        continue
      }
      let (scalar, length) = block.scalar(at: index)
      let properties = table[scalar]
      if properties.isDisjoint(with: .wordy), isPlainSign(scalar, in: block, at: index, length) {
        (state.before, state.rank) = (false, 0)
      } else {
        take(scalar, properties, at: index, &state)
      }
      index &+= length
    }
    finish(&state, at: block.count)
  }

  /// The letters of a script that are no look-alikes are few beside the Latin ones: what looks like
  /// Latin is meant to be read as Latin.
  func isLatin(around script: ScalarProperties.Script) -> Bool {
    let plain = plainForeign[Int(script.rawValue)]
    return latinLetters > 0 && (plain == 0 || mixedWords >= 3 && plain * 4 <= mixedWords)
  }

  /// A sign of East Asian writing, or an ellipsis, that stands beside no ASCII letter or digit: that
  /// NFKC changes it changes nothing for a reader.
  @inline(__always) private func isPlainSign(
    _ scalar: UInt32, in block: UnsafeBufferPointer<UInt8>, at index: Int, _ length: Int
  ) -> Bool {
    guard scalar &- 0xFF01 < 0x5E || scalar == 0x3000 || scalar == 0x2026 else { return false }
    return !(index > 0 && block[index &- 1].isASCIIWord)
      && !(index &+ length < block.count && block[index &+ length].isASCIIWord)
  }

  private struct State {
    var start = 0
    var scripts: UInt32 = 0
    var isUnquiet = false
    var hasPlainForeign = false
    var hasSymbol = false
    /// The last character that was no mark, whether it is a Latin letter, and the class of the mark.
    var base: UInt32 = 0
    var before = false
    var rank: UInt8 = 0
  }

  @inline(__always) private mutating func take(
    _ scalar: UInt32, _ properties: ScalarProperties, at index: Int, _ state: inout State
  ) {
    if !properties.isDisjoint(with: .unquiet) {
      // What only takes the place of a blank is no part of a word of unspaced writing.
      state.isUnquiet = true
      if properties.contains(.odd) { oddLetters &+= 1 }
    }
    if properties.contains(.symbol) { state.hasSymbol = true }
    if properties.contains(.mark) {
      let rank = properties.combiningClass
      if state.before {
        state.isUnquiet = true
        if Normalizer.shared.isOdd(state.base, with: scalar) { oddLetters &+= 1 }
      } else if rank != 0, rank < state.rank {
        state.isUnquiet = true
      }
      state.rank = rank
      return
    }
    state.rank = 0
    state.before = false
    guard properties.contains(.letter) else { return }
    let script = properties.script
    switch script {
    case .latin:
      latinLetters &+= 1
      (state.base, state.before) = (scalar, true)
    case .unspaced:
      unspacedLetters &+= 1
      if !state.isUnquiet, state.scripts & ~(1 << ScalarProperties.Script.unspaced.rawValue) == 0 {
        state.start = index
      }
    case .cyrillic, .greek, .other:
      if !properties.contains(.foreign) {
        plainForeign[Int(script.rawValue)] &+= 1
        state.hasPlainForeign = true
      }
    case .none: break
    }
    state.scripts |= properties.scriptBit
  }

  @inline(__always) private mutating func finish(_ state: inout State, at end: Int) {
    guard end > state.start else { return }
    let latin: UInt32 = 1 << ScalarProperties.Script.latin.rawValue
    let foreign: UInt32 =
      1 << ScalarProperties.Script.cyrillic.rawValue | 1 << ScalarProperties.Script.greek.rawValue
      | 1 << ScalarProperties.Script.other.rawValue
    let hasLatin = state.scripts & latin != 0
    let hasForeign = state.scripts & foreign != 0
    if hasLatin, hasForeign, !state.hasPlainForeign { mixedWords &+= 1 }
    let isSuspect =
      state.isUnquiet || hasForeign && (hasLatin || !state.hasPlainForeign)
      || hasLatin && state.hasSymbol
    if isSuspect { words.append(Word(start: state.start, end: end)) }
  }
}
