/// The characters that one place of a pattern can match, as far as planning needs to know them: the
/// ASCII ones, and whether there are word characters and others among the rest. Never narrower than
/// the truth.
struct CharacterSet: Sendable, Hashable {
  /// ASCII characters that may match, a bit each.
  var may: UInt128
  /// ASCII characters that match for sure; what a negation leaves out.
  var must: UInt128
  /// What may match beyond ASCII, and what matches there without exception.
  var mayBeyond: Beyond
  var mustBeyond: Beyond = []
  /// All its members before any case is added, where they are few and were listed one by one.
  var listed: [Unicode.Scalar]?
  /// Whether the listed ones stand for their kin in other case too.
  var caseless = false

  /// Characters beyond ASCII, by whether `\w` matches them.
  struct Beyond: OptionSet, Sendable, Hashable {
    let rawValue: UInt8
    static let word = Beyond(rawValue: 1)
    static let nonWord = Beyond(rawValue: 2)
    /// Of the word characters U+017F and U+212A at most, the kin of s and k.
    static let kin = Beyond(rawValue: 4)
    static let all: Beyond = [.word, .nonWord]
  }

  static let none = CharacterSet(may: 0, must: 0)
  static let all = CharacterSet(may: ascii, must: ascii, beyond: .all, mustBeyond: .all)
  static let ascii: UInt128 = (1 << 127) | ((1 << 127) - 1)

  init(may: UInt128, must: UInt128, beyond: Beyond = [], mustBeyond: Beyond = []) {
    self.may = may
    self.must = must
    mayBeyond = beyond
    self.mustBeyond = mustBeyond
  }

  /// Exactly these ASCII characters.
  init(_ members: some Sequence<UInt8>) {
    var bits: UInt128 = 0
    for member in members where member < 128 { bits |= 1 << UInt128(member) }
    self.init(may: bits, must: bits)
  }

  /// Whether characters beyond ASCII may match.
  var others: Bool { !mayBeyond.isEmpty }

  /// What its members are to a word boundary.
  var classes: CharacterClasses {
    var classes: CharacterClasses = []
    if may & Self.word.may != 0 || !mayBeyond.isDisjoint(with: [.word, .kin]) {
      classes.insert(.word)
    }
    if may & ~Self.word.may != 0 || mayBeyond.contains(.nonWord) { classes.insert(.other) }
    return classes
  }

  /// Whether it has all word characters.
  var hasAllWords: Bool {
    must & Self.word.may == Self.word.may && mustBeyond.contains(.word)
  }

  func union(_ other: CharacterSet) -> CharacterSet {
    CharacterSet(
      may: may | other.may, must: must | other.must, beyond: mayBeyond.union(other.mayBeyond),
      mustBeyond: mustBeyond.union(other.mustBeyond))
  }

  /// Everything else.
  var inverted: CharacterSet {
    let taken = mayBeyond.contains(.kin) ? mayBeyond.union(.word) : mayBeyond
    return CharacterSet(
      may: ~must & Self.ascii, must: ~may & Self.ascii,
      beyond: Beyond.all.subtracting(mustBeyond), mustBeyond: Beyond.all.subtracting(taken))
  }

  /// With both cases of every letter. U+212A (Kelvin) folds to k and U+017F (long s) to s.
  var caseClosed: CharacterSet {
    var closed = self
    closed.may = Self.close(may)
    closed.must = Self.close(must)
    let letters: UInt128 = Self.bit("k") | Self.bit("K") | Self.bit("s") | Self.bit("S")
    if closed.may & letters != 0 { closed.mayBeyond.insert(.kin) }
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
  /// All that `\w` matches.
  static let wordsBeyond = CharacterSet(
    may: word.may, must: word.must, beyond: .word, mustBeyond: .word)
  static let space = CharacterSet([9, 10, 11, 12, 13, 32])
  static let punctuation = CharacterSet(33...126).minusExact(letters.union(digits))

  /// With some characters beyond ASCII as well, of which none is sure.
  func and(_ beyond: Beyond) -> CharacterSet {
    var set = self
    set.mayBeyond.formUnion(beyond)
    return set
  }

  func without(_ scalar: Unicode.Scalar) -> CharacterSet {
    CharacterSet(
      may: may & ~Self.bit(scalar), must: must & ~Self.bit(scalar), beyond: mayBeyond,
      mustBeyond: mustBeyond)
  }

  private func minusExact(_ other: CharacterSet) -> CharacterSet {
    CharacterSet(may: may & ~other.must, must: must & ~other.may, beyond: mayBeyond)
  }
}
