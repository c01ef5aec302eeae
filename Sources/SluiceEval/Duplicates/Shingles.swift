/// The runs of four words of a text, as hashes; how much two texts say the same is how many they
/// share. A text of fewer words is one run. Case and what stands between words do not count; where a
/// script is written without spaces, every character is a word.
package enum Shingles {
  package static let width = 4

  /// Each run once, in no particular order; empty for a text without words.
  package static func hashes(of text: String) -> [UInt64] {
    let words = words(of: text)
    guard !words.isEmpty else { return [] }
    guard words.count > width else { return [combine(words[...])] }
    var seen: Set<UInt64> = []
    seen.reserveCapacity(words.count)
    for start in 0...words.count - width { seen.insert(combine(words[start..<start + width])) }
    return Array(seen)
  }

  private static func combine(_ words: ArraySlice<UInt64>) -> UInt64 {
    var hash: UInt64 = 0x9E37_79B9_7F4A_7C15
    for word in words { hash = mixed(hash ^ word) }
    return hash
  }

  private static func words(of text: String) -> [UInt64] {
    var words: [UInt64] = []
    // FNV-1a over the characters of a word.
    let seed: UInt64 = 0xCBF2_9CE4_8422_2325
    var word = seed
    func end() {
      if word != seed { words.append(mixed(word)) }
      word = seed
    }
    for scalar in text.unicodeScalars {
      switch kind(scalar) {
      case .separator: end()
      case .letter(let value): word = (word ^ UInt64(value)) &* 0x100_0000_01B3
      case .word(let value):
        end()
        word = (word ^ UInt64(value)) &* 0x100_0000_01B3
        end()
      }
    }
    end()
    return words
  }

  private enum Kind {
    case separator
    case letter(UInt32)
    case word(UInt32)
  }

  private static func kind(_ scalar: Unicode.Scalar) -> Kind {
    let value = scalar.value
    switch value {
    case 0x30...0x39, 0x61...0x7A: return .letter(value)
    case 0x41...0x5A: return .letter(value | 0x20)
    case 0...0x7F: return .separator
    // Thai and Lao, Myanmar, Khmer, kana, Han.
    case 0xE00...0xEFF, 0x1000...0x109F, 0x1780...0x17FF, 0x3040...0x30FF, 0x3400...0x9FFF,
      0x20000...0x3FFFF:
      return .word(value)
    default:
      let properties = scalar.properties
      switch properties.generalCategory {
      case .lowercaseLetter, .otherLetter, .modifierLetter, .nonspacingMark, .spacingMark,
        .decimalNumber, .letterNumber, .otherNumber:
        return .letter(value)
      case .uppercaseLetter, .titlecaseLetter:
        return .letter(properties.lowercaseMapping.unicodeScalars.first?.value ?? value)
      default: return .separator
      }
    }
  }

  /// The finaliser of SplitMix64.
  private static func mixed(_ value: UInt64) -> UInt64 {
    var value = value
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}
