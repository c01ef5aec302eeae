import Crypto

/// Recovery phrases of Electrum since 2.0: the version shows in HMAC-SHA-512 of the phrase under
/// the key "Seed version". Source: Electrum's documentation, "Electrum Seed Version System".
enum Electrum {
  static let validator = Validator("electrum") { bytes, _ in
    let words = PhraseWords.split(bytes)
    guard words.count >= 12 else { return false }
    return [24, 12, 13].contains { $0 <= words.count && holds(words[..<$0]) }
  }

  private static func holds(_ words: ArraySlice<[UInt8]>) -> Bool {
    let phrase = Array(words.joined(separator: [UInt8(ascii: " ")]))
    let code = HMAC<SHA512>.authenticationCode(
      for: phrase, using: SymmetricKey(data: Array("Seed version".utf8)))
    let head = Array(code.prefix(2))
    // 01 standard, 100 segwit, 101 and 102 with a second factor.
    return head[0] == 0x01 || (head[0] == 0x10 && head[1] >> 4 <= 2)
  }
}
