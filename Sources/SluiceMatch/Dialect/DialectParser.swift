/// Reads an expression that PCRE2 accepts into a tree, and refuses at its place what cannot be
/// proven bounded or is not supported. Meaning of the constructs: pcre2pattern(3) of PCRE2 10.42.
struct DialectParser {
  let scalars: [Unicode.Scalar]
  var position = 0
  var flags: Flags
  /// Capturing groups begun so far.
  var groups = 0
  var names: [String: Int] = [:]
  /// Names that are referred to before their group may be known are looked up at the end.
  var faults: [PatternFault] = []
  var depth = 0

  struct Flags: Sendable {
    var caseless: Bool
    var freeSpacing: Bool
    var dotAll = false
  }

  init(_ spec: PatternSpec) {
    scalars = Array(spec.source.unicodeScalars)
    flags = Flags(caseless: !spec.caseSensitive, freeSpacing: spec.freeSpacing)
  }

  /// The tree, or nil where something was refused; `faults` says what.
  mutating func parse() -> Node? {
    if peek(0) == "(", peek(1) == "*" {
      refuse(0, 2, "a leading (*…) is not accepted", hint: "its settings are the rule's own")
      return nil
    }
    do throws(PatternFault) {
      let node = try alternation()
      if position < scalars.count {
        throw PatternFault(scalar: position, code: "regex-syntax", "a ')' without its '('")
      }
      return faults.isEmpty ? node : nil
    } catch {
      faults.append(error)
      return nil
    }
  }

  func peek(_ ahead: Int = 0) -> Unicode.Scalar? {
    position + ahead < scalars.count ? scalars[position + ahead] : nil
  }

  mutating func refuse(_ at: Int, _ length: Int, _ message: String, hint: String? = nil) {
    faults.append(
      PatternFault(
        scalar: at, length: max(1, length), code: "regex-construct", message, hint: hint))
  }

  mutating func alternation() throws(PatternFault) -> Node {
    depth += 1
    defer { depth -= 1 }
    guard depth <= 200 else {
      throw PatternFault(scalar: position, code: "regex-depth", "groups are nested too deeply")
    }
    let outer = flags
    var branches = [try sequence()]
    while peek() == "|" {
      position += 1
      branches.append(try sequence())
    }
    // Settings changed inside a group end with it, but go on from branch to branch.
    flags = outer
    return branches.count == 1 ? branches[0] : .alternation(branches)
  }

  private mutating func sequence() throws(PatternFault) -> Node {
    var nodes: [Node] = []
    while let scalar = peek(), scalar != "|", scalar != ")" {
      if skipIgnored() { continue }
      let start = position
      guard let atom = try atom(scalar) else { continue }
      nodes.append(try quantified(atom, from: start))
    }
    return nodes.count == 1 ? nodes[0] : nodes.isEmpty ? .empty : .sequence(nodes)
  }

  /// Steps over white space and comments where they do not count.
  mutating func skipIgnored() -> Bool {
    guard flags.freeSpacing, let scalar = peek() else { return false }
    if scalar == "#" {
      while let next = peek(), next != "\n" { position += 1 }
      if peek() != nil { position += 1 }
      return true
    }
    guard Self.isIgnored(scalar) else { return false }
    position += 1
    return true
  }

  private static func isIgnored(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 9...13, 32, 0x85, 0x200E, 0x200F, 0x2028, 0x2029: true
    default: false
    }
  }

  private mutating func atom(_ scalar: Unicode.Scalar) throws(PatternFault) -> Node? {
    switch scalar {
    case "(": return try group()
    case "[": return try characterClass()
    case "\\": return try escape()
    case "^", "$":
      position += 1
      return .assertion(scalar == "^" ? .start : .end)
    case ".":
      position += 1
      return .set(flags.dotAll ? .all : .all.without("\n"))
    default:
      position += 1
      return .literal(scalar, caseless: flags.caseless)
    }
  }

  private mutating func quantified(_ atom: Node, from start: Int) throws(PatternFault) -> Node {
    while flags.freeSpacing, skipIgnored() {}
    let at = position
    guard let (least, most) = quantifier() else { return atom }
    let length = position - at
    var isPossessive = false
    if peek() == "?" || peek() == "+" {
      isPossessive = peek() == "+"
      position += 1
    }
    while flags.freeSpacing, skipIgnored() {}
    refuseQuantifier(after: "another quantifier")
    guard let most else {
      let bound = least == 0 ? "{0,30}" : "{\(least),\(max(30, least))}"
      faults.append(
        PatternFault(
          scalar: at, length: length, code: "regex-unbounded",
          "this repeats without end; a pattern must have a bounded width",
          hint: "write a bound, for example \(bound)"))
      return atom
    }
    let count = Repeat(least: least, most: most)
    let bits = Ambiguity.bits(of: atom, repeated: count)
    if !isPossessive, bits > Ambiguity.most {
      faults.append(
        PatternFault(
          scalar: start, length: position - start, code: "regex-price",
          "this can match one text in about 2^\(Int(bits)) ways, and a miss has to try them all",
          hint: "make the parts that repeat differ, or make the inner repeat possessive: {1,9}+"))
    }
    return isPossessive ? .atomic(.repeated(atom, count)) : .repeated(atom, count)
  }

  /// A quantifier that stands after what cannot be repeated by itself.
  mutating func refuseQuantifier(after what: String) {
    let at = position
    guard quantifier() != nil else { return }
    faults.append(
      fault(
        at, "a quantifier after \(what) is not accepted",
        hint: "put what it repeats into a group: (?:…)"))
    position = at
  }

  /// `most` is nil where there is no bound.
  private mutating func quantifier() -> (least: Int, most: Int?)? {
    switch peek() {
    case "*":
      position += 1
      return (0, nil)
    case "+":
      position += 1
      return (1, nil)
    case "?":
      position += 1
      return (0, 1)
    case "{":
      var at = position + 1
      func number() -> Int? {
        var value: Int?
        while at < scalars.count, let digit = Self.digit(scalars[at]) {
          value = min(100_000, (value ?? 0) * 10 + digit)
          at += 1
        }
        return value
      }
      // Anything else in braces is literal.
      guard let least = number(), at < scalars.count else { return nil }
      var most: Int? = least
      if scalars[at] == "," {
        at += 1
        most = number()
      }
      guard at < scalars.count, scalars[at] == "}" else { return nil }
      position = at + 1
      return (least, most)
    default: return nil
    }
  }

  static func digit(_ scalar: Unicode.Scalar) -> Int? {
    (48...57).contains(scalar.value) ? Int(scalar.value) - 48 : nil
  }
}
