/// Disguises that put something between letters or words.
enum Spacing {
  /// Zero-width space, non-joiner and joiner, word joiner, byte order mark, soft hyphen.
  private static let invisible: [Unicode.Scalar] = [
    "\u{200B}", "\u{200C}", "\u{200D}", "\u{2060}", "\u{FEFF}", "\u{AD}",
  ]
  private static let marks: [Unicode.Scalar] = [".", "-", "_", "*"]

  /// One kind of invisible character a word, between all its letters.
  static func zeroWidth(_ text: String, _ random: inout SeededRandom) -> String {
    Words.rewrite(text, &random) { word, random in
      joined(word, by: [invisible[Int.random(in: 0..<invisible.count, using: &random)]])
    }
  }

  /// Spaces between letters; with wide gaps the words stay apart by more than their letters.
  static func spaced(_ text: String, wideGaps: Bool) -> String {
    var random = SeededRandom(seed: 0)
    let text =
      wideGaps
      ? text.split(separator: " ", omittingEmptySubsequences: false).joined(separator: "  ")
      : text
    return Words.rewrite(text, &random) { word, _ in joined(word, by: [" "]) }
  }

  static func punctuated(_ text: String, _ random: inout SeededRandom) -> String {
    Words.rewrite(text, &random) { word, random in
      joined(word, by: [marks[Int.random(in: 0..<marks.count, using: &random)]])
    }
  }

  /// A line break inside about every third word.
  static func split(_ text: String, _ random: inout SeededRandom) -> String {
    Words.rewrite(text, share: 0.35, &random) { word, random in
      let place = Int.random(in: 1..<word.count, using: &random)
      return word[..<place] + ["\n"] + word[place...]
    }
  }

  static func linePerWord(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: "\n")
  }

  private static func joined(_ word: Words.Scalars, by mark: Words.Scalars) -> Words.Scalars {
    Array(word.map { [$0] }.joined(separator: mark))
  }
}
