import SluiceTestSupport

/// Makes patterns of words with what stands between and around them, as rules for texts have them,
/// and formats as rules for secrets have them; and texts that often match.
struct EnginePhraseGenerator {
  private var random: SplitMix

  init(seed: UInt64) { random = SplitMix(state: seed) }

  typealias Piece = (source: String, sample: String)

  private static let words = [
    "bank", "Kiss", "risk", "the", "a", "transfer", "free", "gift", "card", "task_1", "x2",
    "привет", "Деньги", "ΚΑΦΕΪΝΗ", "ιός", "straße", "माल", "中文", "ไทย", "naïve", "ı", "ǅ", "ffi",
  ]
  private static let endings = ["s", "ed", "ing", "er", "ы", "ι", "k", "ſ", "_", "7"]
  private static let separators: [Piece] = [
    ("\\W{1,3}", " "), ("\\W{1,3}", ", "), ("\\s", " "), ("[\\s-]{0,2}", "-"), ("[\\s-]{0,2}", ""),
    (" ?", ""), (" ?", " "), ("\\W?", ""), ("[^\\w]{1,2}", "."),
    (" (?:\\w{1,9}\\W{1,3}){0,2}?", " of "),
    ("\\W{1,3}(?:\\w{1,9}\\W{1,3}){0,2}?", " my own "), (".{0,9}", " "), ("\\b.{1,9}\\b", " - "),
    ("\\s{1,2}\\b", " "), ("[-_./]", "-"), ("(?!\\w)[\\s\\S]{1,2}", "\n"), ("\\b", ""), ("\\B", ""),
    ("\\R", "\n"), ("[[:punct:]]", "!"), ("\\x{345}?", ""), ("(?=\\W).(?<=\\W)", "/"),
  ]
  private static let openings: [Piece] = [
    ("\\b", ""), ("\\b", ""), ("(?<!\\w)", ""), ("(?<=\\W)", ""), ("(?<![\\w-])", ""), ("", ""),
    ("(?:^|\\s)", " "), ("(?m)^", ""), ("\\W", "("), ("(?<![a-z])", ""), ("(?<=\\bmy )", ""),
    ("(?<!\\W)", ""), ("[^\\w]", "'"), ("\\A", ""), ("[\"'(]\\b", "("), ("(?=[a-z])", ""),
  ]
  private static let closings: [Piece] = [
    ("\\b", ""), ("\\b", ""), ("(?!\\w)", ""), ("(?=\\W|$)", ""), ("(?![\\w-])", ""), ("", ""),
    ("(?:\\s|$)", " "), ("$", ""), ("\\W", "."), ("\\z", ""), ("(?=.{0,9}\\bend\\b)", " end"),
    ("(?![a-z])", ""), ("\\w{0,3}", "y"), ("\\w{0,3}\\b", "es"), ("\\d{1,3}\\b", "42"),
  ]
  private static let formats: [Piece] = [
    ("[A-Za-z0-9]{8,12}", "a8Bk5sZ9q"), ("AK[0-9A-Z]{4}", "AK12ZK"),
    ("\\d{3}-\\d{2}-\\d{4}", "123-45-6789"),
    ("(?:[0-9a-f]{2}:){3}[0-9a-f]{2}", "0f:1e:22:ab"), ("ghp_\\w{6}", "ghp_k5s_8x"),
    ("[0-9]{4}[ -]?[0-9]{4}", "1234 5678"), ("\\w{1,9}@\\w{1,9}\\.com", "joe@ask.com"),
    ("https?://[a-z]{2,8}", "https://ask"), ("4[0-9]{3}(?:-?[0-9]{2}){2,4}", "4111-11-1111"),
    ("-{5}BEGIN (?:RSA )?KEY-{5}", "-----BEGIN KEY-----"), ("[ks]{2,5}\\d", "kss7"),
    ("(\\w{2,4})=\\1", "ask=ask"), ("(?-i:Sk)[a-f]{3}", "Skabc"), ("(?>no|not)e?", "note"),
  ]

  mutating func pattern() -> Piece {
    var piece = one(of: Self.openings)
    for number in 0..<Int.random(in: 1...3, using: &random) {
      if number > 0 { append(one(of: Self.separators), to: &piece) }
      append(part(depth: 0), to: &piece)
    }
    append(one(of: Self.closings), to: &piece)
    if Int.random(in: 0..<12, using: &random) == 0 { piece.source = "(?:\(piece.source)){1,3}" }
    return piece
  }

  private mutating func part(depth: Int) -> Piece {
    switch Int.random(in: 0..<10, using: &random) {
    case 0...2: return word()
    case 3...5:
      let branches = (0..<Int.random(in: 2...4, using: &random)).map { _ in
        depth < 2 ? branch(depth: depth) : word()
      }
      return (
        "(?:" + branches.map(\.source).joined(separator: "|") + ")",
        branches[Int.random(in: 0..<branches.count, using: &random)].sample
      )
    case 6: return one(of: Self.formats)
    case 7:
      var piece = word()
      let ending = Self.endings.randomElement(using: &random)!
      let other = Self.endings.randomElement(using: &random)!
      piece.source += "(?:\(ending)|\(other))?"
      piece.sample += Bool.random(using: &random) ? ending : ""
      return piece
    case 8:
      var piece = word()
      piece.source = "(?:\(piece.source)\\W{1,2}){1,2}"
      piece.sample += " "
      return piece
    default:
      let piece = word()
      return Bool.random(using: &random)
        ? ("(?:\(piece.source))?", Bool.random(using: &random) ? piece.sample : "")
        : ("(\(piece.source))", piece.sample)
    }
  }

  private mutating func branch(depth: Int) -> Piece {
    var piece = part(depth: depth + 1)
    if Int.random(in: 0..<3, using: &random) == 0 {
      append(one(of: Self.separators), to: &piece)
      append(part(depth: depth + 1), to: &piece)
    }
    return piece
  }

  private mutating func word() -> Piece {
    let word = Self.words.randomElement(using: &random)!
    guard Int.random(in: 0..<4, using: &random) == 0, let last = word.unicodeScalars.last else {
      return (word, word)
    }
    let rest = String(String.UnicodeScalarView(word.unicodeScalars.dropLast()))
    return (rest + "[\(last)é5]", word)
  }

  private mutating func one(of pieces: [Piece]) -> Piece { pieces.randomElement(using: &random)! }

  private func append(_ piece: Piece, to whole: inout Piece) {
    whole.source += piece.source
    whole.sample += piece.sample
  }

  /// The sample in other case, with look-alike kin, cut, or with other neighbours, among words.
  mutating func text(around sample: String) -> [UInt8] {
    var text = ["", "my ", "x", "(", "é", "\n", "中", "\u{345}", "end "].randomElement(
      using: &random)!
    for _ in 0..<Int.random(in: 1...2, using: &random) {
      var shown = sample
      for _ in 0..<Int.random(in: 0...2, using: &random) { shown = mutated(shown) }
      text += shown
      text += ["", " ", "y", ".", " end", "-", "\n", "ß", "_", "\u{301}", "7", "\u{212A}"]
        .randomElement(using: &random)!
    }
    return Array(text.utf8)
  }

  private mutating func mutated(_ text: String) -> String {
    func replaced(_ table: [Unicode.Scalar: Unicode.Scalar]) -> String {
      String(String.UnicodeScalarView(text.unicodeScalars.map { table[$0] ?? $0 }))
    }
    switch Int.random(in: 0..<9, using: &random) {
    case 0: return text.uppercased()
    case 1: return text.lowercased()
    case 2: return replaced(["k": "\u{212A}", "s": "\u{17F}", "ι": "\u{345}", "i": "I"])
    case 3: return replaced(["K": "k", "S": "\u{17F}", "Ι": "\u{1FBE}", "ß": "ẞ"])
    case 4: return String(text.dropLast())
    case 5: return String(text.dropFirst())
    case 6: return replaced([" ": "\n", "-": " ", ",": "\u{A0}"])
    case 7:
      var characters = Array(text)
      guard !characters.isEmpty else { return text }
      characters.insert(
        ["x", " ", "-", "é", "5"].randomElement(using: &random)!,
        at: Int.random(in: 0..<characters.count, using: &random))
      return String(characters)
    default: return text
    }
  }
}
