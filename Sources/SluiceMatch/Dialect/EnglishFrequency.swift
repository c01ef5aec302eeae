import Glibc

/// Estimates how often words and byte strings turn up in a million bytes of English text, to tell
/// rare ones from common ones. The commonest words by Zipf's law, others by how likely their letters
/// follow each other, damped, since real words are likelier than their letters.
enum EnglishFrequency {
  /// Words in a million bytes.
  private static let words = 170_000.0
  /// Characters beyond ASCII in a million bytes, and how many there are to choose from.
  private static let beyond = 3_000.0

  /// Shares for `followers`: 27 × 27, the last row and column for the edge of a word.
  private static let followers: [Double] = {
    let table = EnglishTables.followers
    return UnsafeBufferPointer(start: table.utf8Start, count: table.utf8CodeUnitCount)
      .filter { $0 >= 65 }.map { exp2(-Double($0 - 65) / 2) }
  }()

  /// By word. Zipf's law as Mandelbrot put it, fitted to "the" as 6 % and "information" as 0.03 %.
  private static let common: [[UInt8]: Double] = {
    let table = EnglishTables.words
    let text = UnsafeBufferPointer(start: table.utf8Start, count: table.utf8CodeUnitCount)
    var result: [[UInt8]: Double] = [:]
    for (rank, word) in text.split(separator: 32).enumerated() {
      result[Array(word)] = words * 0.2 / (Double(rank) + 2.7)
    }
    return result
  }()

  /// By a hash of what common words hold, and of what they begin with: how often they turn up together.
  private static let commonParts = sums { word in
    word.indices.flatMap { start in prefixes(of: word[start...]) }
  }
  private static let commonHeads = sums { prefixes(of: $0[...]) }

  private static func sums(_ parts: ([UInt8]) -> [Int]) -> [Int: Double] {
    var result: [Int: Double] = [:]
    for (word, frequency) in common {
      for part in parts(word) { result[part, default: 0] += frequency }
    }
    return result
  }

  /// Hashes of all that a word begins with, itself too.
  private static func prefixes(of word: ArraySlice<UInt8>) -> [Int] {
    var hash = 0
    return word.prefix(longestPart).map { byte in
      hash = next(hash, byte)
      return hash
    }
  }

  private static func hash(_ bytes: [UInt8]) -> Int { bytes.reduce(0, next) }
  private static func next(_ hash: Int, _ byte: UInt8) -> Int {
    (hash &* 31 &+ Int(byte)) &* 0x9E37_79B1
  }

  /// Letters of the parts of common words that are told apart.
  private static let longestPart = 11
  /// Letters above which a string that no common word holds is rare; and how often the rarest of the
  /// common words turns up, above which none that is not among them does.
  private static let tellingPart = 4
  private static let rarest = 5.0

  /// Of a folded word, or of all words that begin so.
  static func word(_ folded: [UInt8], open: Bool) -> Double {
    var share = 1.0
    var previous = 26
    for byte in folded where byte & 0xC0 != 0x80 {
      let letter = index(byte)
      share *= letter.map { followers[previous * 27 + $0] } ?? rest(byte)
      previous = letter ?? 26
    }
    let begun = words * pow(share, folded.count > 2 ? 0.5 : 0.8)
    let isLetters = folded.allSatisfy { index($0) != nil }
    if open {
      let known = commonHeads[hash(folded)] ?? 0
      return known + (isLetters && folded.count >= tellingPart ? min(begun, 4 * rarest) : begun)
    }
    return common[folded] ?? min(begun * 0.3, isLetters && folded.count > 2 ? rarest : .infinity)
  }

  /// Of a byte string in lower case, anywhere.
  static func literal(_ folded: [UInt8]) -> Double {
    var estimate = LiteralEstimate()
    for byte in folded { estimate.append(byte) }
    return estimate.frequency(of: folded)
  }

  /// Grows with a literal byte by byte.
  struct LiteralEstimate {
    private var share = 1.0
    private var previous: Int?
    private var count = 0

    mutating func append(_ byte: UInt8) {
      let letter = EnglishFrequency.index(byte)
      let own =
        letter.map { letter in
          previous.map { followers[$0 * 27 + letter] } ?? followers[26 * 27 + letter]
        } ?? rest(byte)
      // What follows is likelier than chance would have it.
      share *= count == 0 ? own : pow(own, 0.7)
      previous = letter
      count += 1
    }

    func frequency(of folded: [UInt8]) -> Double {
      let known = folded.count > longestPart ? nil : commonParts[EnglishFrequency.hash(folded)]
      let isTelling = folded.count >= tellingPart && folded.allSatisfy { index($0) != nil }
      return (known ?? 0) + min(share * 1e6, isTelling ? 2 * rarest : .infinity)
    }
  }

  private static func index(_ byte: UInt8) -> Int? {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) ? Int(byte) - 97 : nil
  }

  /// The share of one byte that is no letter.
  static func rest(_ byte: UInt8) -> Double {
    switch byte {
    case 0x80...0xBF: 0.2
    case 0xC0...: 0.001
    case UInt8(ascii: " "): 0.16
    case UInt8(ascii: "\n"): 0.02
    case UInt8(ascii: "0")...UInt8(ascii: "9"): 0.003
    case UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: "-"): 0.008
    case UInt8(ascii: "/"), UInt8(ascii: ":"), UInt8(ascii: "'"), UInt8(ascii: "\""): 0.004
    case UInt8(ascii: "_"), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "="): 0.003
    case 33...126: 0.0007
    default: 0.00005
    }
  }

  /// The share of characters that a class takes.
  static func share(_ set: ByteClass) -> Double {
    var sum = set.others ? 0.003 : 0
    for byte in UInt8(0)..<128 where set.contains(byte) {
      let lower = (65...90).contains(byte) ? byte | 0x20 : byte
      // Capitals are a twentieth of letters; the edge's row gives how words begin.
      sum +=
        index(lower).map { followers[26 * 27 + $0] * (byte == lower ? 0.75 : 0.04) } ?? rest(byte)
    }
    return min(1, sum)
  }

  /// Of maximal runs of word characters: of this many bytes, all of a class.
  static func run(_ length: ClosedRange<Int>, of set: ByteClass) -> Double {
    let letters = CharacterSet.letters.may
    // Numbers get rarer by the digit, words by the letter beyond the eighth; runs of both are rare.
    if set.ascii & letters == 0 { return 5_000 * pow(0.6, Double(length.lowerBound)) }
    let isHexadecimal = (set.ascii & letters).nonzeroBitCount <= 12
    let long = Double(max(0, length.lowerBound - 8))
    let share = pow(isHexadecimal ? 0.4 : 0.62, long) * (isHexadecimal ? 0.01 : 0.15)
    let upper = length.upperBound < 12 ? 0.5 : 1
    return words * share * upper
  }

  /// Of a sequence of classes.
  static func shape(_ sequence: [ByteClass]) -> Double {
    let digits = CharacterSet.digits.may
    let letters = CharacterSet.letters.may
    var share = 1.0
    var previous: ByteClass?
    for step in sequence {
      let own = EnglishFrequency.share(step)
      let isNumber = step.ascii & ~digits == 0
      if let previous, previous.ascii & ~digits == 0, isNumber {
        share *= Double(step.ascii.nonzeroBitCount) * 0.05
      } else {
        share *= previous == nil ? own : min(1, own * 1.5)
        // Numbers seldom stand within words.
        if let previous, previous.ascii & ~letters == 0, isNumber { share *= 0.1 }
      }
      previous = step
    }
    return share * 1e6
  }
}
