extension DialectParser {
  /// What a backslash begins, outside a class; nil for what leaves no node.
  mutating func escape() throws(PatternFault) -> Node? {
    let start = position
    position += 1
    guard let scalar = peek() else { throw fault(start, "a backslash at the end") }
    position += 1
    switch scalar {
    case "b": return .assertion(.boundary)
    case "B": return .assertion(.noBoundary)
    case "A": return .assertion(.start)
    case "z", "Z": return .assertion(.end)
    case "G":
      throw fault(
        start, "\\G is not accepted: a match does not depend on the one before",
        hint: "leave it out")
    case "K":
      throw fault(
        start, "\\K is not accepted: a match begins where it is found",
        hint: "put what stands before into (?<=…), or take a group with capture:")
    case "C":
      throw fault(
        start, "\\C is not accepted: it cuts characters apart", hint: "write . or [\\s\\S]")
    case "X":
      throw fault(
        start, "\\X has no bounded width", hint: "write a bounded form: \\P{M}\\p{M}{0,8}")
    case "R": return .lineEnd
    case "N":
      guard peek() == "{", peek(1) == "U" else { return .set(CharacterSet.all.without("\n")) }
      position = start + 1
      return .literal(try character(start), caseless: flags.caseless)
    case "Q":
      return quoted()
    case "E":
      refuseQuantifier(after: "\\E")
      return nil
    case "g": return try groupReference(start)
    case "k": return .backReference(try number(of: delimitedName(), at: start))
    case "1"..."9":
      return try numberedReference(start, first: scalar)
    default: break
    }
    position = start + 1
    if let set = try shorthand() { return .set(set) }
    return .literal(try character(start), caseless: flags.caseless)
  }

  /// `\Q…\E`.
  private mutating func quoted() -> Node? {
    var nodes: [Node] = []
    while let scalar = peek() {
      if scalar == "\\", peek(1) == "E" { break }
      // A quantifier after the quotation binds to its last character only, so that one is left for
      // the caller by way of a sequence of its own.
      nodes.append(.literal(scalar, caseless: flags.caseless))
      position += 1
    }
    let ended = peek() != nil
    if ended { position += 2 }
    if ended { refuseQuantifier(after: "\\E") }
    return nodes.count == 1 ? nodes[0] : nodes.isEmpty ? nil : .sequence(nodes)
  }

  private mutating func numberedReference(_ start: Int, first: Unicode.Scalar)
    throws(PatternFault) -> Node
  {
    var number = Self.digit(first)!
    while let next = peek().flatMap(Self.digit) {
      number = min(10_000, number * 10 + next)
      position += 1
    }
    guard number <= groups else {
      throw fault(
        start, "\\\(number) refers to no group before it", hint: "for a character write \\x{…}")
    }
    return .backReference(number)
  }

  private mutating func groupReference(_ start: Int) throws(PatternFault) -> Node {
    guard let opening = peek() else { throw fault(start, "\\g needs a group") }
    if opening == "<" || opening == "'" { throw call(start) }
    let text: String
    if opening == "{" {
      text = delimitedName()
    } else {
      var digits = ""
      while let next = peek(), next == "-" || next == "+" || Self.digit(next) != nil {
        digits.unicodeScalars.append(next)
        position += 1
      }
      text = digits
    }
    guard let number = Int(text) else {
      return .backReference(try self.number(of: text, at: start))
    }
    let target = text.hasPrefix("-") ? groups + 1 + number : number
    guard (1...max(1, groups)).contains(target), !text.hasPrefix("+"), groups > 0 else {
      throw fault(start, "this refers to no group before it")
    }
    return .backReference(target)
  }

  /// A name between `<>`, quotes or braces.
  private mutating func delimitedName() -> String {
    switch peek() {
    case "<": name(closing: ">")
    case "'": name(closing: "'")
    default: name(closing: "}")
    }
  }

  /// The set of `\d \w \s \h \v \p{…}` and their opposites; nil (and nothing consumed) otherwise.
  mutating func shorthand() throws(PatternFault) -> CharacterSet? {
    guard let scalar = peek() else { return nil }
    let set: CharacterSet
    switch scalar {
    case "d", "D": set = .digits.and(.word)
    case "w", "W": set = .wordsBeyond
    case "s", "S": set = .space.and(.nonWord)
    case "h", "H": set = CharacterSet([9, 32]).and(.nonWord)
    case "v", "V": set = CharacterSet([10, 11, 12, 13]).and(.nonWord)
    case "p", "P": return try property()
    default: return nil
    }
    position += 1
    return ["D", "W", "S", "H", "V"].contains(scalar) ? set.inverted : set
  }

  /// `\p{…}`, `\pL`: general categories as far as their ASCII part is simple, else all.
  private mutating func property() throws(PatternFault) -> CharacterSet {
    let start = position - 1
    var negated = peek() == "P"
    position += 1
    var name = ""
    if peek() == "{" {
      position += 1
      while let scalar = peek(), scalar != "}" {
        name.unicodeScalars.append(scalar)
        position += 1
      }
      guard peek() != nil else { throw fault(start, "this property does not end") }
      position += 1
    } else if let scalar = peek() {
      name = String(scalar)
      position += 1
    }
    if name.hasPrefix("^") {
      negated.toggle()
      name.removeFirst()
    }
    let known: CharacterSet? =
      switch name {
      case "L": .letters.and(.word)
      // Case properties are kept out of what is sure: PCRE2 versions differ on them without case.
      case "L&", "Lc", "Ll", "Lu":
        CharacterSet(may: CharacterSet.letters.may, must: 0, beyond: .word)
      case "N", "Nd": .digits.and(.word)
      case "Xan": .letters.union(.digits).and(.word)
      case "Xwd": .wordsBeyond
      case "Xsp", "Xps": .space.and(.nonWord)
      default: nil
      }
    // With an unknown property nothing is sure: it may be any character, or none.
    let set = known ?? CharacterSet(may: CharacterSet.ascii, must: 0, beyond: .all)
    return negated ? set.inverted : set
  }

  /// A single character by its escape, the backslash already behind.
  mutating func character(_ start: Int) throws(PatternFault) -> Unicode.Scalar {
    guard let scalar = peek() else { throw fault(start, "a backslash at the end") }
    position += 1
    switch scalar {
    case "a": return "\u{07}"
    case "e": return "\u{1B}"
    case "f": return "\u{0C}"
    case "n": return "\n"
    case "r": return "\r"
    case "t": return "\t"
    case "c":
      guard let next = peek(), next.isASCII else { throw fault(start, "\\c needs a letter") }
      position += 1
      let upper = (97...122).contains(next.value) ? next.value - 32 : next.value
      return Unicode.Scalar(upper ^ 0x40) ?? "\0"
    case "0": return try number(radix: 8, most: 2, start)
    case "o": return try braced(radix: 8, start)
    case "x":
      return peek() == "{" ? try braced(radix: 16, start) : try number(radix: 16, most: 2, start)
    case "N":
      guard peek() == "{", peek(1) == "U", peek(2) == "+" else {
        throw fault(start, "\\N stands for a character as \\N{U+…} only")
      }
      position += 2
      return try braced(radix: 16, start)
    default:
      if scalar.properties.isAlphabetic && scalar.isASCII || Self.digit(scalar) != nil {
        throw fault(start, "\\\(scalar) is not accepted")
      }
      return scalar
    }
  }

  private mutating func number(radix: Int, most: Int, _ start: Int) throws(PatternFault)
    -> Unicode.Scalar
  {
    var value: UInt32 = 0
    var count = 0
    while count < most, let scalar = peek(), let digit = Character(scalar).hexDigitValue,
      digit < radix
    {
      value = value * UInt32(radix) + UInt32(digit)
      position += 1
      count += 1
    }
    guard let result = Unicode.Scalar(value) else { throw fault(start, "no such character") }
    return result
  }

  private mutating func braced(radix: Int, _ start: Int) throws(PatternFault) -> Unicode.Scalar {
    guard peek() == "{" || peek() == "+" else { throw fault(start, "this needs braces") }
    position += 1
    let result = try number(radix: radix, most: 12, start)
    guard peek() == "}" else { throw fault(start, "this number is not one") }
    position += 1
    return result
  }
}
