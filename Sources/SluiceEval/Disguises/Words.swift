/// A text word by word, where a word is a run of at least three letters; all else stays as it is.
enum Words {
  typealias Scalars = [Unicode.Scalar]

  static func rewrite(
    _ text: String, share: Double = 1, _ random: inout SeededRandom,
    _ body: (Scalars, inout SeededRandom) -> Scalars
  ) -> String {
    var output = String.UnicodeScalarView()
    var word: Scalars = []
    func end(_ random: inout SeededRandom) {
      guard !word.isEmpty else { return }
      let isMeant =
        word.count >= 3 && (share >= 1 || Double.random(in: 0..<1, using: &random) < share)
      output.append(contentsOf: isMeant ? body(word, &random) : word)
      word.removeAll(keepingCapacity: true)
    }
    for scalar in text.unicodeScalars {
      if isLetter(scalar) {
        word.append(scalar)
      } else {
        end(&random)
        output.append(scalar)
      }
    }
    end(&random)
    return String(output)
  }

  static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return isASCIILetter(scalar) }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .letterNumber, .otherNumber:
      return true
    default: return false
    }
  }

  static func isASCIILetter(_ scalar: Unicode.Scalar) -> Bool {
    ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
  }
}
