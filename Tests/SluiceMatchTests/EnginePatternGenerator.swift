import SluiceTestSupport

/// Makes patterns of the accepted dialect, and texts that often match them, from a seed.
struct EnginePatternGenerator {
  private var random: SplitMix

  init(seed: UInt64) { random = SplitMix(state: seed) }

  /// A piece of a pattern, and a text that it is likely to match.
  private typealias Piece = (source: String, sample: String)

  private static let letters = Array("abckKsSxyzABZ019_ -.,é\u{212A}\u{17F}ßдДשж中😀\n\r\t")

  mutating func pattern() -> (source: String, sample: String) {
    var piece = sequence(depth: 0)
    if Int.random(in: 0..<6, using: &random) == 0 { piece.source = "\\b" + piece.source }
    if Int.random(in: 0..<8, using: &random) == 0 { piece.source += "\\b" }
    if Int.random(in: 0..<12, using: &random) == 0 { piece.source = "(?m)^" + piece.source }
    if Int.random(in: 0..<12, using: &random) == 0 { piece.source += "$" }
    // Groups of their own first, so that the reference's number is sure.
    if Int.random(in: 0..<6, using: &random) == 0 {
      let letter = letter()
      let member = Self.inClass(letter)
      piece = (
        "([\(member)\\w]{1,2})(?:" + piece.source + ")"
          + (Bool.random(using: &random) ? "\\1" : "\\g{1}"),
        "\(letter)" + piece.sample + "\(letter)"
      )
    }
    if Int.random(in: 0..<10, using: &random) == 0 {
      piece.source = "(?#note)\\Q.*\\E" + piece.source
      piece.sample = ".*" + piece.sample
    }
    return piece
  }

  /// The sample among random characters, in other case now and then.
  mutating func text(around sample: String) -> [UInt8] {
    var text = noise(upTo: 30)
    for _ in 0..<Int.random(in: 1...3, using: &random) {
      var shown = sample
      switch Int.random(in: 0..<6, using: &random) {
      case 0: shown = sample.uppercased()
      case 1: shown = sample.lowercased()
      case 2: shown = String(sample.dropLast())
      case 3: shown = String(sample.map { $0 == "k" || $0 == "K" ? "\u{212A}" : $0 })
      default: break
      }
      text += shown + noise(upTo: 20)
    }
    return Array(text.utf8)
  }

  mutating func noise(upTo count: Int) -> String {
    var text = ""
    for _ in 0..<Int.random(in: 0...count, using: &random) { text.append(letter()) }
    return text
  }

  private mutating func letter() -> Character {
    Self.letters.randomElement(using: &random)!
  }

  private mutating func sequence(depth: Int) -> Piece {
    var whole: Piece = ("", "")
    for _ in 0..<Int.random(in: 1...(depth == 0 ? 5 : 3), using: &random) {
      let piece = quantified(depth: depth)
      whole.source += piece.source
      whole.sample += piece.sample
    }
    return whole
  }

  private mutating func quantified(depth: Int) -> Piece {
    let piece = atom(depth: depth)
    switch Int.random(in: 0..<10, using: &random) {
    case 0: return (piece.source + "?", Bool.random(using: &random) ? piece.sample : "")
    case 1:
      let least = Int.random(in: 0...2, using: &random)
      let most = least + Int.random(in: 0...3, using: &random)
      let times = Int.random(in: least...most, using: &random)
      let greed = ["", "?", "+"].randomElement(using: &random)!
      return (
        "\(piece.source){\(least),\(most)}\(greed)", String(repeating: piece.sample, count: times)
      )
    case 2: return (piece.source + "{2}", piece.sample + piece.sample)
    default: return piece
    }
  }

  private mutating func atom(depth: Int) -> Piece {
    switch Int.random(in: 0..<(depth > 2 ? 7 : 13), using: &random) {
    case 0...2:
      let character = letter()
      return (Self.escaped(character), String(character))
    case 3:
      return [
        ("\\w", "a"), ("\\d", "7"), ("\\s", " "), ("\\W", "."), (".", "z"), ("\\D", "x"),
        ("\\S", "д"), ("\\R", "\n"), ("\\h", "\t"), ("\\p{L}", "é"), ("\\P{Lu}", "a"),
        ("\\N", "k"), ("\\x{17f}", "\u{17F}"), ("\\v", "\n"),
      ].randomElement(using: &random)!
    case 4:
      let first = letter()
      let members = Self.inClass(first) + Self.inClass(letter()) + "a-f"
      return ("[\(members)]", String(first))
    case 5: return ("[^\(Self.inClass(letter()))\\d]", "q")
    case 6:
      return [
        ("[[:alpha:]_]", "k"), ("[^[:punct:]k]", "a"), ("[[:^upper:]K]", "x"), ("[\\W\\d]", "."),
        ("[^\\W_]", "s"), ("[^\\p{Lu}\\s]", "z"), ("[\\P{Ll}]", "A"), ("[]\\-x]", "]"),
        ("[[:xdigit:]]", "f"), ("[k-t]", "s"), ("[^\\x{17f}]", "K"), ("[[:^space:]]", "\u{212A}"),
      ].randomElement(using: &random)!
    case 7, 8:
      let left = sequence(depth: depth + 1)
      let right = sequence(depth: depth + 1)
      return (
        "(?:\(left.source)|\(right.source))",
        Bool.random(using: &random) ? left.sample : right.sample
      )
    case 9:
      let inner = sequence(depth: depth + 1)
      return ("(\(inner.source))", inner.sample)
    case 10:
      let inner = sequence(depth: depth + 1)
      return ("(?>\(inner.source))", inner.sample)
    case 11:
      let inner = sequence(depth: 3)
      let kind = ["?=", "?!", "?i:", "?-i:", "?s:", "?x:", "?m:"].randomElement(using: &random)!
      return ("(\(kind)\(inner.source))", kind.hasSuffix(":") ? inner.sample : "")
    default:
      let character = letter()
      return (
        "(?<\(Bool.random(using: &random) ? "=" : "!")\(Self.escaped(character)))",
        ""
      )
    }
  }

  private static func escaped(_ character: Character) -> String {
    switch character {
    case "\n": "\\n"
    case "\r": "\\r"
    case "\t": "\\t"
    case ".", "-": "\\\(character)"
    default: String(character)
    }
  }

  private static func inClass(_ character: Character) -> String { escaped(character) }
}
