/// Ways in which people write around filters. Each is deterministic for a seed and a text.
package enum Disguise: String, Sendable, Hashable, CaseIterable {
  case leet
  case leetBasic = "leet_basic"
  case zeroWidth = "zero_width"
  case cyrillic, greek, fullwidth
  case mathBold = "math_bold"
  case spaced
  case spacedTight = "spaced_tight"
  case punct, `repeat`, diacritics
  case htmlEntity = "html_entity"
  case base64Wrap = "base64_wrap"
  case rot13, swapcase
  case reversedText = "reversed_text"
  case splitLines = "split_lines"
  case linePerWord = "line_per_word"
  case urlEncode = "url_encode"
  case typo
  case vowelStar = "vowel_star"

  /// `text` in this disguise.
  package func apply(to text: String, seed: UInt64 = 1) -> String {
    var random = SeededRandom(seed: seed, rawValue, text)
    switch self {
    case .leet: return Spelling.leet(text, &random)
    case .leetBasic: return Lookalikes.digits.apply(to: text)
    case .zeroWidth: return Spacing.zeroWidth(text, &random)
    case .cyrillic: return Lookalikes.cyrillic.apply(to: text)
    case .greek: return Lookalikes.greek.apply(to: text)
    case .fullwidth: return Lookalikes.fullwidth(text)
    case .mathBold: return Lookalikes.mathBold(text)
    case .spaced: return Spacing.spaced(text, wideGaps: true)
    case .spacedTight: return Spacing.spaced(text, wideGaps: false)
    case .punct: return Spacing.punctuated(text, &random)
    case .repeat: return Spelling.stretched(text, &random)
    case .diacritics: return Spelling.accented(text, &random)
    case .htmlEntity: return Encodings.entities(text, &random)
    case .base64Wrap: return Encodings.base64(text)
    case .rot13: return Encodings.rot13(text)
    case .swapcase: return Spelling.swapped(text, &random)
    case .reversedText: return Encodings.reversed(text)
    case .splitLines: return Spacing.split(text, &random)
    case .linePerWord: return Spacing.linePerWord(text)
    case .urlEncode: return Encodings.percent(text)
    case .typo: return Spelling.typed(text, &random)
    case .vowelStar: return Spelling.starred(text)
    }
  }
}
