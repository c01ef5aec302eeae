extension DialectParser {
  /// Everything that begins with `(`; nil for what leaves no node (comments, settings).
  mutating func group() throws(PatternFault) -> Node? {
    let start = position
    position += 1
    if peek() == "*" {
      throw fault(
        start, length: 2, "verbs and (*…) groups are not accepted",
        hint: "write look-around and atomic groups as (?=…), (?<=…), (?>…)")
    }
    guard peek() == "?" else { return try captured(start, name: nil) }
    position += 1
    guard let kind = peek() else { throw unfinished(start, "this group does not end") }
    switch kind {
    case "#":
      while let next = peek(), next != ")" { position += 1 }
      position += 1
      while flags.freeSpacing, skipIgnored() {}
      refuseQuantifier(after: "a comment")
      return nil
    case ":":
      position += 1
      return try closed(start)
    case ">":
      position += 1
      return .atomic(try closed(start))
    case "=", "!":
      position += 1
      return .look(try closed(start), behind: false, negated: kind == "!")
    case "*":
      throw fault(start, length: 3, "(?*…) is not accepted", hint: "write (?=…)")
    case "<":
      if peek(1) == "=" || peek(1) == "!" {
        let negated = peek(1) == "!"
        position += 2
        return .look(try closed(start), behind: true, negated: negated)
      }
      if peek(1) == "*" {
        throw fault(start, length: 4, "(?<*…) is not accepted", hint: "write (?<=…)")
      }
      return try captured(start, name: name(closing: ">"))
    case "'": return try captured(start, name: name(closing: "'"))
    case "P":
      position += 1
      if peek() == "<" { return try captured(start, name: name(closing: ">")) }
      if peek() == "=" {
        let name = name(closing: ")")
        return .backReference(try number(of: name, at: start))
      }
      throw call(start)
    case "|":
      throw fault(
        start, length: 3, "branches that share their numbers, (?|…), are not accepted",
        hint: "number the groups apart, or use (?:…)")
    case "(":
      throw fault(
        start, length: 3, "conditional groups are not accepted",
        hint: "write both cases out: (?:…|…), or two patterns and a condition")
    case "C": throw fault(start, length: 3, "callouts are not accepted", hint: "leave it out")
    case "R", "&", "0"..."9": throw call(start)
    case "+" where peek(1).flatMap(Self.digit) != nil: throw call(start)
    case "-" where peek(1).flatMap(Self.digit) != nil: throw call(start)
    default: return try settings(start)
    }
  }

  func fault(_ at: Int, length: Int? = nil, _ message: String, hint: String? = nil)
    -> PatternFault
  {
    PatternFault(
      scalar: at, length: length ?? max(1, position - at), code: "regex-construct", message,
      hint: hint)
  }

  /// What PCRE2 refuses as well, in its own words.
  func unfinished(_ at: Int, _ message: String) -> PatternFault {
    PatternFault(scalar: at, code: "regex-syntax", message)
  }

  func call(_ start: Int) -> PatternFault {
    fault(
      start, length: position - start + 1,
      "a group cannot be called again: recursion has no bounded width",
      hint: "write the group out again, or make it a definition and use {{name}}")
  }

  private mutating func captured(_ start: Int, name: String?) throws(PatternFault) -> Node {
    groups += 1
    let number = groups
    if let name { names[name] = number }
    return .capture(number, try closed(start))
  }

  private mutating func closed(_ start: Int) throws(PatternFault) -> Node {
    let node = try alternation()
    guard peek() == ")" else { throw unfinished(start, "this group does not end") }
    position += 1
    return node
  }

  /// The name that stands after the present character, up to `closing`.
  mutating func name(closing: Unicode.Scalar) -> String {
    position += 1
    var name = ""
    while let scalar = peek(), scalar != closing {
      name.unicodeScalars.append(scalar)
      position += 1
    }
    position += 1
    return name
  }

  /// `(?i-s)` and `(?i-s:…)`.
  private mutating func settings(_ start: Int) throws(PatternFault) -> Node? {
    var changed = flags
    var on = true
    while let scalar = peek(), scalar != ")", scalar != ":" {
      switch scalar {
      case "i": changed.caseless = on
      case "x":
        if peek(1) == "x" { throw fault(start, "(?xx) is not accepted", hint: "use (?x)") }
        changed.freeSpacing = on
      case "s": changed.dotAll = on
      case "m", "n", "J", "U":
        // n, J and U would change what a group or a quantifier is.
        if scalar != "m" { throw fault(start, "the setting '\(scalar)' is not accepted") }
      case "-": on = false
      default: throw unfinished(position, "the setting '\(scalar)' is not accepted")
      }
      position += 1
    }
    guard let end = peek() else { throw unfinished(start, "this group does not end") }
    position += 1
    if end == ")" {
      flags = changed
      return nil
    }
    let outer = flags
    flags = changed
    defer { flags = outer }
    return try closed(start)
  }

  /// The group that a reference names.
  func number(of name: String, at start: Int) throws(PatternFault) -> Int {
    guard let number = names[name] else {
      throw PatternFault(
        scalar: start, code: "regex-construct",
        "a reference to a group that comes later is not accepted")
    }
    return number
  }
}
