extension DialectParser {
  /// `[…]`.
  mutating func characterClass() throws(PatternFault) -> Node {
    let start = position
    position += 1
    var negated = false
    if peek() == "^" {
      negated = true
      position += 1
    }
    var set = CharacterSet.none
    var ranges: [ClosedRange<UInt32>] = []
    var isListed = true
    var isFirst = true
    while true {
      guard let scalar = peek() else { throw fault(start, "this class does not end") }
      if scalar == "]", !isFirst {
        position += 1
        break
      }
      isFirst = false
      if scalar == "[", let posix = try posixClass() {
        set = set.union(posix)
        isListed = false
        continue
      }
      if scalar == "\\" {
        if peek(1) == "Q" || peek(1) == "E" {
          throw fault(position, "\\Q and \\E are not accepted in a class", hint: "escape each sign")
        }
        position += 1
        if let member = try shorthand() {
          set = set.union(member)
          isListed = false
          continue
        }
        position -= 1
      }
      let low = try member(start)
      guard let high = try rangeEnd(start) else {
        ranges.append(low.value...low.value)
        continue
      }
      if low <= high { ranges.append(low.value...high.value) }
    }
    for range in ranges { set = set.union(Self.set(of: range)) }
    if flags.caseless { set = Self.closed(set, with: ranges) }
    if negated { return .set(set.inverted) }
    if isListed, ranges.reduce(0, { $0 + $1.count }) <= Self.mostListed {
      set.listed = ranges.flatMap { $0.compactMap { Unicode.Scalar($0) } }
      set.caseless = flags.caseless
    }
    return .set(set)
  }

  /// More members than this would make too many words to write out.
  private static let mostListed = 12

  /// The upper end where a range stands here.
  private mutating func rangeEnd(_ start: Int) throws(PatternFault) -> Unicode.Scalar? {
    guard peek() == "-", let next = peek(1), next != "]" else { return nil }
    // A hyphen before a shorthand or a POSIX class is itself.
    if next == "[" && peek(2) == ":" || next == "\\" && Self.isShorthand(peek(2)) { return nil }
    position += 1
    return try member(start)
  }

  /// Case closure. Kin of characters beyond ASCII is ASCII for the Kelvin sign and the long s only;
  /// a word character's kin is one, except that U+0345 is kin of iota.
  private static func closed(_ set: CharacterSet, with ranges: [ClosedRange<UInt32>])
    -> CharacterSet
  {
    var closed = set.caseClosed
    for range in ranges where range.upperBound >= 128 {
      if range.contains(0x212A) {
        closed.may |= CharacterSet.bit("k") | CharacterSet.bit("K")
      }
      if range.contains(0x17F) {
        closed.may |= CharacterSet.bit("s") | CharacterSet.bit("S")
      }
      if SimpleFold.family(of: "\u{345}").contains(where: { range.contains($0.value) }) {
        closed.mayBeyond = .all
      }
    }
    return closed
  }

  private static func isShorthand(_ scalar: Unicode.Scalar?) -> Bool {
    scalar.map { "dDwWsShHvVpPRX".unicodeScalars.contains($0) } ?? false
  }

  private mutating func member(_ start: Int) throws(PatternFault) -> Unicode.Scalar {
    guard let scalar = peek() else { throw fault(start, "this class does not end") }
    guard scalar == "\\" else {
      position += 1
      return scalar
    }
    let at = position
    position += 1
    if peek() == "b" {
      position += 1
      return "\u{08}"
    }
    if let digit = peek().flatMap(Self.digit), digit > 0 {
      throw fault(at, "octal numbers are not accepted in a class", hint: "write \\x{…}")
    }
    return try character(at)
  }

  private static func set(of range: ClosedRange<UInt32>) -> CharacterSet {
    guard range.upperBound >= 128 else {
      return CharacterSet(UInt8(range.lowerBound)...UInt8(range.upperBound))
    }
    let ascii = range.lowerBound < 128 ? CharacterSet(UInt8(range.lowerBound)...127) : .none
    var beyond: CharacterSet.Beyond = []
    for value in max(128, range.lowerBound)...range.upperBound {
      beyond.insert(WordCharacters.table.contains(value) ? .word : .nonWord)
      if beyond == .all { break }
    }
    return ascii.and(beyond)
  }

  /// `[:alpha:]`; nil (and nothing consumed) where it is only a bracket.
  private mutating func posixClass() throws(PatternFault) -> CharacterSet? {
    guard let sign = peek(1), [":", ".", "="].contains(sign) else { return nil }
    var at = position + 2
    var name = ""
    while at < scalars.count, scalars[at] != sign, scalars[at] != "]" {
      name.unicodeScalars.append(scalars[at])
      at += 1
    }
    guard at + 1 < scalars.count, scalars[at] == sign, scalars[at + 1] == "]" else { return nil }
    let negated = name.hasPrefix("^")
    let set: CharacterSet
    switch negated ? String(name.dropFirst()) : name {
    case "alpha": set = .letters.and(.word)
    case "digit": set = .digits.and(.word)
    case "alnum": set = .letters.union(.digits).and(.word)
    case "upper", "lower":
      set = CharacterSet(may: CharacterSet.letters.may, must: 0, beyond: .word)
    case "<", ">":
      throw fault(
        position, length: at + 2 - position,
        "word boundaries are not written this way here", hint: "write \\b(?=\\w) or \\b(?<=\\w)")
    case "word": set = .wordsBeyond
    case "space": set = .space.and(.nonWord)
    case "blank": set = CharacterSet([9, 32]).and(.nonWord)
    case "xdigit": set = .digits.union(CharacterSet(Array("abcdefABCDEF".utf8)))
    case "punct": set = .punctuation.and(.nonWord)
    default: set = CharacterSet(may: CharacterSet.ascii, must: 0, beyond: .all)
    }
    position = at + 2
    return negated ? set.inverted : set
  }
}
