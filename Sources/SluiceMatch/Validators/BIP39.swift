import Crypto

/// Recovery phrases of BIP-39: words of the English list, 12 to 24 of them from the first on, with
/// the right checksum.
enum BIP39 {
  static let validator = Validator("bip39") { bytes, _ in
    var indices: [Int] = []
    for word in PhraseWords.split(bytes).prefix(24) {
      guard let index = index(of: word) else { break }
      indices.append(index)
    }
    return [24, 21, 18, 15, 12].contains { $0 <= indices.count && holds(indices[..<$0]) }
  }

  private static func holds(_ indices: ArraySlice<Int>) -> Bool {
    var bits: [Bool] = []
    for index in indices { for bit in (0..<11).reversed() { bits.append(index >> bit & 1 == 1) } }
    let checksum = bits.count / 33
    var entropy: [UInt8] = []
    for start in stride(from: 0, to: bits.count - checksum, by: 8) {
      entropy.append(bits[start..<start + 8].reduce(0) { $0 << 1 | ($1 ? 1 : 0) })
    }
    guard let first = Array(SHA256.hash(data: entropy)).first else { return false }
    return (0..<checksum).allSatisfy { bit in
      bits[bits.count - checksum + bit] == (first >> (7 - bit) & 1 == 1)
    }
  }

  /// Words as numbers of eight letters: they keep the order of the list.
  private static let keys: [UInt64] = BIP39Words.all.map { key($0.utf8) }

  private static func key(_ word: some Sequence<UInt8>) -> UInt64 {
    var key: UInt64 = 0
    var count = 0
    for byte in word {
      key = key << 8 | UInt64(byte)
      count += 1
    }
    return key << UInt64(8 * (8 - count))
  }

  private static func index(of word: [UInt8]) -> Int? {
    guard (3...8).contains(word.count) else { return nil }
    let wanted = key(word)
    let index = keys.partition { $0 < wanted }
    return index < keys.count && keys[index] == wanted ? index : nil
  }
}
