/// Finds the word that a writing stands for: digits and symbols for letters, letters drawn out, a
/// vowel starred out, two letters swapped.
struct WordRepair {
  /// A position of the writing: what it can stand for and how much of the writing it takes.
  struct Position {
    /// Alternatives; each a letter, once or twice.
    var options: [[UInt8]]
    var source: Range<Int>
  }

  /// Writings with more alternatives than this are left as the first of them.
  private static let trials = 96

  private let filter = WordFilter.shared

  /// The positions of `bytes[range]`, or nil if there is nothing to mend: no digit or symbol among
  /// letters, no letter three times in a row, no star.
  func positions(of bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> [Position]? {
    var positions: [Position] = []
    var isOdd = false
    var index = range.lowerBound
    while index < range.upperBound {
      let byte = bytes[index]
      var end = index + 1
      while end < range.upperBound, bytes[end] | 0x20 == byte | 0x20, byte.isASCIILetter {
        end += 1
      }
      if byte.isASCIILetter {
        if end - index > 2 {
          isOdd = true
          positions.append(Position(options: [[byte], [byte, byte]], source: index..<end))
        } else {
          for place in index..<end {
            positions.append(Position(options: [[bytes[place]]], source: place..<place + 1))
          }
        }
      } else if byte == UInt8(ascii: "*") {
        isOdd = true
        positions.append(
          Position(options: "eaiou".utf8.map { [$0] } + [[]], source: index..<index + 1))
      } else {
        let letters = Leet.letters(for: byte)
        guard !letters.isEmpty else { return nil }
        isOdd = true
        positions.append(Position(options: letters.map { [$0] }, source: index..<index + 1))
      }
      index = end
    }
    return isOdd ? positions : nil
  }

  /// The best choice of options: a word of the rules before any other word; nil if none is a word.
  func choice(_ positions: [Position]) -> [Int]? {
    var total = 1
    for position in positions where total <= Self.trials { total *= position.options.count }
    guard total <= Self.trials * 4 else { return nil }
    var choice = [Int](repeating: 0, count: positions.count)
    var word: [UInt8] = []
    var best: (kind: WordFilter.Kind, choice: [Int])?
    for _ in 0..<min(total, Self.trials * 4) {
      word.removeAll(keepingCapacity: true)
      for (position, option) in zip(positions, choice) {
        for letter in position.options[option] { word.append(letter | 0x20) }
      }
      if word.count > 2 {
        let kind = filter.kind(of: word)
        if kind == .ruled { return choice }
        if kind == .word, best == nil { best = (kind, choice) }
      }
      // The next choice, the first position turning fastest.
      var place = 0
      while place < choice.count {
        choice[place] += 1
        if choice[place] < positions[place].options.count { break }
        choice[place] = 0
        place += 1
      }
    }
    return best?.choice
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
