/// The syntax tree of an accepted expression.
indirect enum Node: Sendable, Hashable {
  case empty
  case literal(Unicode.Scalar, caseless: Bool)
  /// One character of a set.
  case set(CharacterSet)
  /// `\R`: a line end of one or two characters.
  case lineEnd
  case sequence([Node])
  case alternation([Node])
  /// A capturing group.
  case capture(Int, Node)
  case repeated(Node, Repeat)
  /// A group that is not entered again: `(?>…)`, possessive repeats.
  case atomic(Node)
  /// `^ $ \b \B \A \z \Z`: no width.
  case assertion
  /// Look-ahead, or look-behind.
  case look(Node, behind: Bool)
  case backReference(Int)
}

/// How often something stands.
struct Repeat: Sendable, Hashable {
  var least: Int
  var most: Int
}

/// The characters that one place of a pattern can match, as far as planning needs to know them:
/// the ASCII ones, and whether others are among them. Never narrower than the truth.
struct CharacterSet: Sendable, Hashable {
  /// ASCII characters that may match, a bit each.
  var may: UInt128
  /// ASCII characters that match for sure; what a negation leaves out.
  var must: UInt128
  /// Whether characters beyond ASCII may match.
  var others: Bool

  static let none = CharacterSet(may: 0, must: 0, others: false)
  static let all = CharacterSet(may: ascii, must: ascii, others: true)
  static let ascii: UInt128 = (1 << 127) | ((1 << 127) - 1)

  init(may: UInt128, must: UInt128, others: Bool) {
    self.may = may
    self.must = must
    self.others = others
  }

  /// Exactly these ASCII characters.
  init(_ members: some Sequence<UInt8>, others: Bool = false) {
    var bits: UInt128 = 0
    for member in members where member < 128 { bits |= 1 << UInt128(member) }
    self.init(may: bits, must: bits, others: others)
  }

  func union(_ other: CharacterSet) -> CharacterSet {
    CharacterSet(
      may: may | other.may, must: must | other.must, others: others || other.others)
  }

  /// Everything else; whether others remain cannot be known, so they are taken to.
  var inverted: CharacterSet {
    CharacterSet(may: ~must & Self.ascii, must: ~may & Self.ascii, others: true)
  }

  /// With both cases of every letter. U+212A (Kelvin) folds to k and U+017F (long s) to s.
  var caseClosed: CharacterSet {
    var closed = self
    closed.may = Self.close(may)
    closed.must = Self.close(must)
    let letters: UInt128 = Self.bit("k") | Self.bit("K") | Self.bit("s") | Self.bit("S")
    if closed.may & letters != 0 { closed.others = true }
    return closed
  }

  private static func close(_ bits: UInt128) -> UInt128 {
    var lower: UInt128 = 0
    for byte in UInt8(ascii: "a")...UInt8(ascii: "z") { lower |= 1 << UInt128(byte) }
    let upper = lower >> 32
    return bits | (bits & lower) >> 32 | (bits & upper) << 32
  }

  static func bit(_ scalar: Unicode.Scalar) -> UInt128 { 1 << UInt128(scalar.value) }

  static let digits = CharacterSet(UInt8(ascii: "0")...UInt8(ascii: "9"))
  static let upper = CharacterSet(UInt8(ascii: "A")...UInt8(ascii: "Z"))
  static let lower = CharacterSet(UInt8(ascii: "a")...UInt8(ascii: "z"))
  static let letters = upper.union(lower)
  static let word = letters.union(digits).union(CharacterSet([UInt8(ascii: "_")]))
  static let space = CharacterSet([9, 10, 11, 12, 13, 32])
  static let punctuation = CharacterSet(33...126).minusExact(letters.union(digits))

  /// With characters beyond ASCII as well.
  var andOthers: CharacterSet {
    var set = self
    set.others = true
    return set
  }

  private func minusExact(_ other: CharacterSet) -> CharacterSet {
    CharacterSet(may: may & ~other.must, must: must & ~other.may, others: others)
  }
}
