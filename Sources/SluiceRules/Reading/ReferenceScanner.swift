/// Finds what this target must know of an expression: its `{{references}}` and its capturing groups.
/// Everything else of the expression is the engine's to judge.
struct ReferenceScanner {
  struct Reference {
    /// Indices of Unicode scalars, the braces included.
    var range: Range<Int>
    var name: String
    /// It stands in a character class, where a group has no meaning.
    var inClass: Bool
  }

  private(set) var references: [Reference] = []
  /// Where capturing groups open.
  private(set) var captures: [Int] = []

  private let scalars: [Unicode.Scalar]
  private var index = 0

  init(_ scalars: [Unicode.Scalar], freeSpacing: Bool) {
    self.scalars = scalars
    var inClass = false
    while index < scalars.count {
      switch scalars[index] {
      case "\\": skipEscape()
      case "{" where reference(inClass: inClass): break
      case "[" where inClass && at(1) == ":": skipPOSIXClass()
      case "[" where !inClass:
        inClass = true
        index += 1
        if at(0) == "^" { index += 1 }
        if at(0) == "]" { index += 1 }
      case "]":
        inClass = false
        index += 1
      case "#" where freeSpacing && !inClass: skip(to: "\n")
      case "(" where !inClass && at(1) == "?" && at(2) == "#": skip(to: ")")
      case "(" where !inClass:
        if capturesHere { captures.append(index) }
        index += 1
      default: index += 1
      }
    }
  }

  private func at(_ ahead: Int) -> Unicode.Scalar? {
    index + ahead < scalars.count ? scalars[index + ahead] : nil
  }

  private mutating func skip(to end: Unicode.Scalar) {
    while index < scalars.count, scalars[index] != end { index += 1 }
    index += 1
  }

  /// A backslash and what it escapes; `\Q` up to its `\E`.
  private mutating func skipEscape() {
    let quotes = at(1) == "Q"
    index += 2
    guard quotes else { return }
    while index < scalars.count, !(at(0) == "\\" && at(1) == "E") { index += 1 }
    index += 2
  }

  private mutating func skipPOSIXClass() {
    var end = index + 2
    while end + 1 < scalars.count, scalars[end] != "]" {
      if scalars[end] == ":", scalars[end + 1] == "]" {
        index = end + 2
        return
      }
      end += 1
    }
    index += 1
  }

  /// `(`, `(?<name>`, `(?P<name>`, `(?'name'`, but not `(?:`, `(?=`, `(?<=`, `(*…`.
  private var capturesHere: Bool {
    switch at(1) {
    case "*": return false
    case "?": break
    default: return true
    }
    switch at(2) {
    case "'": return true
    case "<": return at(3) != "=" && at(3) != "!"
    case "P": return at(3) == "<"
    default: return false
    }
  }

  /// Takes `{{name}}`, blanks around the name allowed, if it is here.
  private mutating func reference(inClass: Bool) -> Bool {
    guard at(1) == "{" else { return false }
    var end = index + 2
    while end < scalars.count, scalars[end] == " " { end += 1 }
    let start = end
    while end < scalars.count, scalars[end].isASCII, Names.isNameByte(UInt8(scalars[end].value)) {
      end += 1
    }
    var name = String.UnicodeScalarView()
    name.append(contentsOf: scalars[start..<end])
    while end < scalars.count, scalars[end] == " " { end += 1 }
    guard Names.isName(String(name)), end + 1 < scalars.count, scalars[end] == "}",
      scalars[end + 1] == "}"
    else { return false }
    references.append(Reference(range: index..<end + 2, name: String(name), inClass: inClass))
    index = end + 2
    return true
  }
}
