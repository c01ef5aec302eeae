/// Splits a condition into its words and signs.
enum ConditionLexer {
  /// - Returns: the tokens, the last of them `end`.
  static func tokens(of text: String) throws(ConditionFault) -> [ConditionToken] {
    let scalars = Array(text.unicodeScalars)
    var tokens: [ConditionToken] = []
    var index = 0
    while index < scalars.count {
      let start = index
      let scalar = scalars[index]
      if scalar.properties.isWhitespace {
        index += 1
        continue
      }
      index += 1
      let kind: ConditionToken.Kind
      switch scalar {
      case "(": kind = .open
      case ")": kind = .close
      case ",": kind = .comma
      case "|": kind = .bar
      case "<", ">", "=", "!":
        if index < scalars.count, scalars[index] == "=" { index += 1 }
        kind = .comparison(try comparison(scalars[start..<index], at: start))
      case "0"..."9":
        while index < scalars.count, isNameScalar(scalars[index]) { index += 1 }
        kind = try number(scalars[start..<index], at: start)
      default:
        guard scalar.isASCII, Names.isLetter(UInt8(scalar.value)) else {
          throw ConditionFault(
            start: start, length: 1, "'\(scalar)' has no meaning in a condition",
            hint: hint(for: scalar))
        }
        while index < scalars.count, isNameScalar(scalars[index]) { index += 1 }
        kind = .name(string(scalars[start..<index]))
      }
      tokens.append(ConditionToken(kind: kind, start: start, length: index - start))
    }
    tokens.append(ConditionToken(kind: .end, start: scalars.count, length: 1))
    return tokens
  }

  private static func isNameScalar(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isASCII && Names.isNameByte(UInt8(scalar.value))
  }

  private static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars)
    return String(text)
  }

  private static func comparison(
    _ scalars: ArraySlice<Unicode.Scalar>, at start: Int
  ) throws(ConditionFault) -> Condition.Comparison {
    let sign = string(scalars)
    if let comparison = Condition.Comparison(rawValue: sign) { return comparison }
    throw ConditionFault(
      start: start, length: scalars.count, "'\(sign)' has no meaning in a condition",
      hint: sign == "=" ? "write '==' for equality" : "write 'not' for negation")
  }

  private static func number(
    _ scalars: ArraySlice<Unicode.Scalar>, at start: Int
  ) throws(ConditionFault) -> ConditionToken.Kind {
    guard scalars.count <= 9, let number = Int(string(scalars)) else {
      throw ConditionFault(
        start: start, length: scalars.count,
        "'\(string(scalars))' is no number of at most nine digits",
        hint: "a pattern's name begins with a letter")
    }
    return .number(number)
  }

  private static func hint(for scalar: Unicode.Scalar) -> String? {
    switch scalar {
    case "&": "write 'and'"
    case "~", "-": "write 'not'"
    case "\"", "'": "names stand without quotes"
    case "$", "#", "@": "patterns are named without a sign before them"
    default: nil
    }
  }
}
