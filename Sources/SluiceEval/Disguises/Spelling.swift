/// Disguises that spell words in another way.
enum Spelling {
  /// Signs that stand for a letter, by its small form.
  private static let leetSigns: [Unicode.Scalar: [Unicode.Scalar]] = [
    "a": ["4", "@"], "e": ["3"], "i": ["1", "!"], "o": ["0"], "s": ["5", "$"], "t": ["7", "+"],
    "b": ["8"], "g": ["9"], "l": ["1", "|"], "z": ["2"],
  ]
  /// Grave, acute, circumflex, tilde, diaeresis, dot below, macron below, dot above.
  private static let accents: [Unicode.Scalar] = [
    "\u{300}", "\u{301}", "\u{302}", "\u{303}", "\u{308}", "\u{323}", "\u{331}", "\u{307}",
  ]

  /// Six of ten letters that have one become a sign.
  static func leet(_ text: String, _ random: inout SeededRandom) -> String {
    map(text) { scalar, output in
      let signs = leetSigns[small(scalar)]
      if let signs, chance(0.6, &random) {
        output.append(signs[Int.random(in: 0..<signs.count, using: &random)])
      } else {
        output.append(scalar)
      }
    }
  }

  /// One letter of each word three to five times.
  static func stretched(_ text: String, _ random: inout SeededRandom) -> String {
    Words.rewrite(text, &random) { word, random in
      let place = Int.random(in: 0..<word.count, using: &random)
      let times = Int.random(in: 2...4, using: &random)
      return word[..<place] + Array(repeating: word[place], count: times) + word[place...]
    }
  }

  static func accented(_ text: String, _ random: inout SeededRandom) -> String {
    map(text) { scalar, output in
      output.append(scalar)
      if Words.isASCIILetter(scalar), chance(0.6, &random) {
        output.append(accents[Int.random(in: 0..<accents.count, using: &random)])
      }
    }
  }

  static func swapped(_ text: String, _ random: inout SeededRandom) -> String {
    map(text) { scalar, output in
      let properties = scalar.properties
      let other = chance(0.5, &random) ? properties.uppercaseMapping : properties.lowercaseMapping
      output.append(contentsOf: other.unicodeScalars)
    }
  }

  /// Two letters inside a word change places, in four of ten words of five letters or more.
  static func typed(_ text: String, _ random: inout SeededRandom) -> String {
    Words.rewrite(text, share: 0.4, &random) { word, random in
      guard word.count > 4 else { return word }
      var word = word
      let place = Int.random(in: 1..<word.count - 1, using: &random)
      word.swapAt(place, place + 1)
      return word
    }
  }

  /// The first vowel after the first letter of each word becomes a star.
  static func starred(_ text: String) -> String {
    var random = SeededRandom(seed: 0)
    return Words.rewrite(text, &random) { word, _ in
      var word = word
      if let place = word.dropFirst().firstIndex(where: { "aeiouAEIOU".unicodeScalars.contains($0) }
      ) {
        word[place] = "*"
      }
      return word
    }
  }

  private static func map(
    _ text: String, _ body: (Unicode.Scalar, inout String.UnicodeScalarView) -> Void
  ) -> String {
    var output = String.UnicodeScalarView()
    for scalar in text.unicodeScalars { body(scalar, &output) }
    return String(output)
  }

  private static func chance(_ share: Double, _ random: inout SeededRandom) -> Bool {
    Double.random(in: 0..<1, using: &random) < share
  }

  private static func small(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    ("A"..."Z").contains(scalar) ? Unicode.Scalar(UInt8(scalar.value) | 0x20) : scalar
  }
}
