import SluiceCore

/// Knows English words, and those that the shipped rules look for, from Bloom filters: a word that is
/// known is always told, and about one in ten thousand that is none is taken for one.
struct WordFilter: Sendable {
  static let shared = WordFilter()

  private let words: [UInt8]
  private let ruled: [UInt8]

  private init() {
    words = Self.bits(of: WordTables.words)
    ruled = Self.bits(of: WordTables.ruled)
  }

  private static func bits(of table: StaticString) -> [UInt8] {
    guard let bits = Base64.decode("\(table)") else { preconditionFailure("the table is Base64") }
    return bits
  }

  enum Kind: Int { case none, word, ruled }

  /// What a word of lower-case letters is.
  func kind(of word: some Collection<UInt8>) -> Kind { kind(of: Hash(word)) }

  /// What a word is of which one part follows the other.
  func kind(of first: some Collection<UInt8>, _ second: some Collection<UInt8>) -> Kind {
    var hash = Hash(first)
    hash.add(second)
    return kind(of: hash)
  }

  private func kind(of hash: Hash) -> Kind {
    guard Self.holds(hash, in: words) else { return .none }
    return Self.holds(hash, in: ruled) ? .ruled : .word
  }

  /// Whether lower-case letters are a word; of fewer than three letters only the most common are.
  func isWord(_ word: some Collection<UInt8>) -> Bool {
    switch word.count {
    case 0: return false
    case 1: return word.first == UInt8(ascii: "a") || word.first == UInt8(ascii: "i")
    case 2: return Self.short.contains(word.reduce(0) { $0 << 8 | UInt16($1) })
    default: return Self.holds(Hash(word), in: words)
    }
  }

  private static let short: [UInt16] = {
    let words =
      "am an as at be by do go he hi if in is it me my no of oh ok on or so to up us we tv id pc"
    return words.split(separator: " ").map { $0.utf8.reduce(0) { $0 << 8 | UInt16($1) } }
  }()

  /// Whether a word is one of the common ones of three letters, which many others are like.
  func isCommon(_ word: some Collection<UInt8>) -> Bool {
    word.count == 3 && Self.common.contains(word.reduce(0) { $0 << 8 | UInt32($1) })
  }

  private static let common: Set<UInt32> = {
    let words =
      "the and for are but not you all any can had her was one our out get has him his how man new "
      + "now old see two way who did its let put say she too use may own off few why yes"
    return Set(words.split(separator: " ").map { $0.utf8.reduce(0) { $0 << 8 | UInt32($1) } })
  }()

  /// FNV-1a, and a second hash from its upper half, as scripts/word-tables has them.
  private struct Hash {
    private var value: UInt64 = 0xCBF2_9CE4_8422_2325

    init(_ word: some Collection<UInt8>) { add(word) }

    mutating func add(_ word: some Collection<UInt8>) {
      for byte in word { value = (value ^ UInt64(byte)) &* 0x100_0000_01B3 }
    }

    var places: (first: UInt32, step: UInt32) {
      let mixed = value ^ value >> 32
      return (
        UInt32(truncatingIfNeeded: mixed),
        UInt32(truncatingIfNeeded: (mixed >> 17 | mixed << 47) | 1)
      )
    }
  }

  private static func holds(_ hash: Hash, in bits: [UInt8]) -> Bool {
    let size = UInt32(bits.count * 8)
    let (first, step) = hash.places
    for turn in 0..<WordTables.hashes {
      let place = Int((first &+ turn &* step) % size)
      if bits[place >> 3] & 1 << UInt8(truncatingIfNeeded: place & 7) == 0 { return false }
    }
    return true
  }
}
