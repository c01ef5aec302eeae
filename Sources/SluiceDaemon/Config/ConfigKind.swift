import SluiceCore

/// What a key takes, and how its text is read.
package enum ConfigKind: Sendable {
  /// An absolute path.
  case path
  /// As `path`, or `none`.
  case pathOrNone
  /// A word: a group's name, or `none`.
  case nameOrNone
  case choice([String])
  case flag
  case number(ClosedRange<Int>)
  case duration(ClosedRange<Nanoseconds>)
  /// As `duration`, or `never`.
  case durationOrNever(ClosedRange<Nanoseconds>)
  case size(ClosedRange<Int>)
  /// Permission bits in octal, or `keep`.
  case permissionsOrKeep
  case paths
  /// A program and its arguments, or nothing.
  case command
  /// Texts for readers, each with its language.
  case messages
  /// Language tags.
  case languages
  case policies

  package struct Fault: Error, Sendable, Hashable {
    package var code: String
    package var message: String
    package var hint: String?

    init(_ code: String, _ message: String, hint: String? = nil) {
      self.code = code
      self.message = message
      self.hint = hint
    }
  }

  /// For the reference: what may be written.
  package var description: String {
    switch self {
    case .path: "an absolute path"
    case .pathOrNone: "an absolute path, or none"
    case .nameOrNone: "a name, or none"
    case .choice(let words): words.joined(separator: " | ")
    case .flag: "true | false"
    case .number(let range): "a number from \(range.lowerBound) to \(range.upperBound)"
    case .duration(let range):
      "a duration from \(ConfigUnits.text(range.lowerBound)) to \(ConfigUnits.text(range.upperBound))"
    case .durationOrNever: "a duration, or never"
    case .size(let range):
      "a size from \(ConfigUnits.size(range.lowerBound)) to \(ConfigUnits.size(range.upperBound))"
    case .permissionsOrKeep: "permission bits in octal, or keep"
    case .paths: "a list of absolute paths"
    case .command: "a list: an absolute path of a program, then its arguments"
    case .messages:
      "a list of mappings with the keys language, text, and where wanted harm, country, help"
    case .languages: "a list of language tags"
    case .policies: "a list of policies"
    }
  }

  /// Reads one scalar.
  package func parse(_ text: String) -> Result<ConfigValue, Fault> {
    switch self {
    case .path: Self.path(text).map(ConfigValue.text)
    case .pathOrNone: text == "none" ? .success(.text("")) : Self.path(text).map(ConfigValue.text)
    case .nameOrNone:
      text == "none" ? .success(.text("")) : Self.name(text).map(ConfigValue.text)
    case .choice(let words): Self.choice(text, of: words)
    case .flag: Self.flag(text)
    case .number(let range): Self.number(text, in: range)
    case .duration(let range): Self.duration(text, in: range)
    case .durationOrNever(let range):
      text == "never" ? .success(.absent) : Self.duration(text, in: range)
    case .size(let range): Self.size(text, in: range)
    case .permissionsOrKeep: text == "keep" ? .success(.absent) : Self.permissions(text)
    case .paths, .command, .messages, .languages, .policies:
      .failure(Fault("wrong-type", "expected \(description)"))
    }
  }

  /// Reads a default of the table, where lists are written `[a, b]` and mappings `{}`.
  func parse(default text: String) -> Result<ConfigValue, Fault> {
    switch self {
    case .paths, .command, .languages:
      .success(
        .list(
          text.dropFirst().dropLast().split(separator: ",").map {
            String($0.drop { $0 == " " })
          }))
    case .messages: .success(.messages([]))
    case .policies: .success(.policies([]))
    default: parse(text.hasPrefix("'") ? String(text.dropFirst().dropLast()) : text)
    }
  }

  static func path(_ text: String) -> Result<String, Fault> {
    guard text.hasPrefix("/") else {
      return .failure(Fault("not-a-path", "expected an absolute path, got '\(text)'"))
    }
    guard !text.utf8.contains(0) else {
      return .failure(Fault("not-a-path", "a path cannot hold a NUL"))
    }
    return .success(text)
  }

  private static func name(_ text: String) -> Result<String, Fault> {
    let isName =
      !text.isEmpty
      && text.utf8.allSatisfy {
        (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0)
          || [45, 46, 95].contains($0)
      }
    return isName
      ? .success(text) : .failure(Fault("not-a-name", "expected a name, or none, got '\(text)'"))
  }

  private static func choice(_ text: String, of words: [String]) -> Result<ConfigValue, Fault> {
    words.contains(text)
      ? .success(.text(text))
      : .failure(
        Fault("unknown-value", "expected one of \(words.joined(separator: ", ")), got '\(text)'"))
  }

  private static func flag(_ text: String) -> Result<ConfigValue, Fault> {
    switch text {
    case "true": .success(.flag(true))
    case "false": .success(.flag(false))
    default: .failure(Fault("not-a-flag", "expected true or false, got '\(text)'"))
    }
  }

  private static func number(_ text: String, in range: ClosedRange<Int>)
    -> Result<ConfigValue, Fault>
  {
    guard let value = Int(text), !text.hasPrefix("+") else {
      return .failure(Fault("not-a-number", "expected a whole number, got '\(text)'"))
    }
    guard range.contains(value) else {
      return .failure(
        Fault(
          "out-of-range", "\(value) is not between \(range.lowerBound) and \(range.upperBound)"))
    }
    return .success(.number(value))
  }

  private static func duration(_ text: String, in range: ClosedRange<Nanoseconds>)
    -> Result<ConfigValue, Fault>
  {
    ConfigUnits.duration(text).flatMap { value in
      range.contains(value)
        ? .success(.span(value))
        : .failure(
          Fault(
            "out-of-range",
            "\(text) is not between \(ConfigUnits.text(range.lowerBound)) and \(ConfigUnits.text(range.upperBound))"
          ))
    }
  }

  private static func size(_ text: String, in range: ClosedRange<Int>)
    -> Result<ConfigValue, Fault>
  {
    ConfigUnits.bytes(text).flatMap { value in
      range.contains(value)
        ? .success(.number(value))
        : .failure(
          Fault(
            "out-of-range",
            "\(text) is not between \(ConfigUnits.size(range.lowerBound)) and \(ConfigUnits.size(range.upperBound))"
          ))
    }
  }

  private static func permissions(_ text: String) -> Result<ConfigValue, Fault> {
    let digits = text.hasPrefix("0o") ? text.dropFirst(2) : text[...]
    guard (3...4).contains(digits.utf8.count), let value = Int(digits, radix: 8), value >= 0,
      !digits.hasPrefix("+")
    else {
      return .failure(
        Fault(
          "not-permissions", "expected permission bits in octal, or keep, got '\(text)'",
          hint: "write them as three or four octal digits in quotes, as in '0640'"))
    }
    guard value & ~0o666 == 0 else {
      return .failure(
        Fault(
          "out-of-range", "only read and write bits may be set, got '\(text)'",
          hint: "nothing that leaves the spool is made executable"))
    }
    return .success(.number(value))
  }
}
