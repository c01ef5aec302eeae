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
        continue
      }
      if scalar == "\\" {
        if peek(1) == "Q" || peek(1) == "E" {
          throw fault(position, "\\Q and \\E are not accepted in a class", hint: "escape each sign")
        }
        position += 1
        if let member = try shorthand() {
          set = set.union(member)
          continue
        }
        position -= 1
      }
      let low = try member(start)
      guard peek() == "-", let next = peek(1), next != "]" else {
        set = set.union(Self.range(low, low))
        continue
      }
      // A hyphen before a shorthand or a POSIX class is itself.
      if next == "[" && peek(2) == ":" || next == "\\" && Self.isShorthand(peek(2)) {
        set = set.union(Self.range(low, low))
        continue
      }
      position += 1
      set = set.union(Self.range(low, try member(start)))
    }
    if flags.caseless { set = closed(set) }
    return .set(negated ? set.inverted : set)
  }

  /// Case closure; a set with characters beyond ASCII may hold the Kelvin sign or the long s.
  private func closed(_ set: CharacterSet) -> CharacterSet {
    var closed = set.caseClosed
    if set.others {
      for scalar: Unicode.Scalar in ["k", "K", "s", "S"] { closed.may |= CharacterSet.bit(scalar) }
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

  private static func range(_ low: Unicode.Scalar, _ high: Unicode.Scalar) -> CharacterSet {
    guard low.value <= high.value else { return .none }
    let ascii = low.value < 128 ? UInt8(low.value)...UInt8(min(127, high.value)) : nil
    let members = ascii.map { CharacterSet($0) } ?? .none
    return high.value >= 128 ? members.andOthers : members
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
    case "alpha": set = .letters.andOthers
    case "digit": set = .digits.andOthers
    case "alnum": set = .letters.union(.digits).andOthers
    case "upper", "lower":
      set = CharacterSet(may: CharacterSet.letters.may, must: 0, others: true)
    case "<", ">":
      throw fault(
        position, length: at + 2 - position,
        "word boundaries are not written this way here", hint: "write \\b(?=\\w) or \\b(?<=\\w)")
    case "word": set = .word.andOthers
    case "space": set = .space.andOthers
    case "blank": set = CharacterSet([9, 32], others: true)
    case "xdigit": set = .digits.union(CharacterSet(Array("abcdefABCDEF".utf8)))
    case "punct": set = .punctuation.andOthers
    default: set = CharacterSet(may: CharacterSet.ascii, must: 0, others: true)
    }
    position = at + 2
    return negated ? set.inverted : set
  }
}
