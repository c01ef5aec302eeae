/// Finds the word that a writing stands for: digits and symbols for letters, letters drawn out, a
/// vowel starred out, two letters swapped.
struct WordRepair {
  /// A position of the writing: what it can stand for and how much of the writing it takes.
  struct Position {
    private enum Form {
      /// One of the letters; the first once or twice; one of the letters or nothing.
      case letters, drawnOut, starred
    }

    private let form: Form
    private let letters: SIMD8<UInt8>
    /// How many alternatives there are.
    let options: Int
    let source: Range<Int>

    private init(
      _ form: Form, _ letters: some Collection<UInt8>, options: Int, _ source: Range<Int>
    ) {
      var own = SIMD8<UInt8>()
      for (index, letter) in letters.prefix(8).enumerated() { own[index] = letter }
      (self.form, self.letters, self.options, self.source) = (form, own, options, source)
    }

    static func letters(_ letters: some Collection<UInt8>, _ source: Range<Int>) -> Position {
      Position(.letters, letters, options: letters.count, source)
    }

    static func letter(_ letter: UInt8, at place: Int) -> Position {
      Position(.letters, CollectionOfOne(letter), options: 1, place..<place + 1)
    }

    static func drawnOut(_ letter: UInt8, _ source: Range<Int>) -> Position {
      Position(.drawnOut, CollectionOfOne(letter), options: 2, source)
    }

    static func starred(at place: Int) -> Position {
      Position(.starred, "eaiou".utf8, options: 6, place..<place + 1)
    }

    /// The letters of an alternative: none, one, or one twice.
    func spelling(_ option: Int) -> Repeated<UInt8> {
      switch form {
      case .letters: repeatElement(letters[option], count: 1)
      case .drawnOut: repeatElement(letters[0], count: option + 1)
      case .starred: repeatElement(letters[option], count: option + 1 < options ? 1 : 0)
      }
    }
  }

  /// Writings with more alternatives than this are left as the first of them.
  private static let trials = 96

  private let filter = WordFilter.shared

  /// The positions of `bytes[range]`, or nil if there is nothing to mend: no digit or symbol among
  /// letters, no letter three times in a row, no star.
  func positions(of bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> [Position]? {
    guard mayMend(bytes, range) else { return nil }
    var positions: [Position] = []
    positions.reserveCapacity(range.count)
    var index = range.lowerBound
    while index < range.upperBound {
      let byte = bytes[index]
      var end = index + 1
      while end < range.upperBound, bytes[end] | 0x20 == byte | 0x20, byte.isASCIILetter {
        end += 1
      }
      if byte.isASCIILetter {
        if end - index > 2 {
          positions.append(.drawnOut(byte, index..<end))
        } else {
          for place in index..<end { positions.append(.letter(bytes[place], at: place)) }
        }
      } else if byte == UInt8(ascii: "*") {
        positions.append(.starred(at: index))
      } else {
        positions.append(.letters(Leet.letters(for: byte), index..<index + 1))
      }
      index = end
    }
    return positions
  }

  /// Whether there is something to mend, and nothing that stands for no letter.
  private func mayMend(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
    var isOdd = false
    for index in range {
      let byte = bytes[index]
      if !byte.isASCIILetter {
        if byte != UInt8(ascii: "*"), Leet.letters(for: byte).isEmpty { return false }
        isOdd = true
      } else if index + 2 < range.upperBound, bytes[index + 1] | 0x20 == byte | 0x20,
        bytes[index + 2] | 0x20 == byte | 0x20
      {
        isOdd = true
      }
    }
    return isOdd
  }

  /// An option for each position, and the word that they make.
  struct Choice {
    var options: [Int]
    var isRuled: Bool
    var isCommon: Bool
  }

  /// The best choice: a word of the rules or a common one before any other; nil if none is a word.
  func choice(_ positions: [Position]) -> Choice? {
    var total = 1
    for position in positions where total <= Self.trials { total *= position.options }
    guard total <= Self.trials * 4 else { return nil }
    var choice = [Int](repeating: 0, count: positions.count)
    var word: [UInt8] = []
    var best: Choice?
    for _ in 0..<min(total, Self.trials * 4) {
      word.removeAll(keepingCapacity: true)
      for (position, option) in zip(positions, choice) {
        for letter in position.spelling(option) { word.append(letter | 0x20) }
      }
      if word.count > 2 {
        let kind = filter.kind(of: word)
        let one = Choice(
          options: choice, isRuled: kind == .ruled, isCommon: filter.isCommon(word))
        if one.isRuled || one.isCommon { return one }
        if kind == .word, best == nil { best = one }
      }
      // The next choice, the first position turning fastest.
      var place = 0
      while place < choice.count {
        choice[place] += 1
        if choice[place] < positions[place].options { break }
        choice[place] = 0
        place += 1
      }
    }
    return best
  }

  /// Where two letters must be swapped back to make a word of one that is none.
  func swap(_ word: [UInt8]) -> Int? {
    guard word.count > 4, word.count <= 24, !filter.isWord(word) else { return nil }
    var found: Int?
    var trial = word
    for index in 0..<word.count - 1 where word[index] != word[index + 1] {
      trial.swapAt(index, index + 1)
      let kind = filter.kind(of: trial)
      if kind == .ruled { return index }
      if kind == .word, found == nil { found = index }
      trial.swapAt(index, index + 1)
    }
    return found
  }

  /// Words in letters without gaps: as few as possible, long ones before short ones.
  /// - Returns: where each begins; nil if most letters belong to no word.
  func words(in letters: [UInt8]) -> [Int]? {
    guard letters.count > 3 else { return nil }
    var best = [Int](repeating: 0, count: letters.count + 1)
    var from = [Int](repeating: 0, count: letters.count + 1)
    for end in 1...letters.count {
      // A letter of no word.
      best[end] = best[end - 1] - 2
      from[end] = end - 1
      for start in stride(from: end - 1, through: max(0, end - 16), by: -1) {
        let length = end - start
        guard filter.isWord(letters[start..<end]) else { continue }
        let weight = length < 10 ? length * length : 40 + length * 6
        let score = best[start] + weight - (length < 3 ? 2 : 0)
        if score > best[end] { (best[end], from[end]) = (score, start) }
      }
    }
    guard best[letters.count] > letters.count * 2 else { return nil }
    var starts: [Int] = []
    var end = letters.count
    while end > 0 {
      starts.append(from[end])
      end = from[end]
    }
    return starts.reversed()
  }
}
