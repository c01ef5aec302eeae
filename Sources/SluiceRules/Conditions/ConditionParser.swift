import SluiceCore

/// Reads a condition: `or` binds weakest, then `and`, then `not`.
struct ConditionParser {
  /// What a condition may name, and the words that no pattern can have as its name.
  static let reserved: Set<String> = [
    "and", "or", "not", "of", "any", "all", "them", "count", "near", "before", "in", "signal",
  ]
  /// Characters between two matches that `near` and `before` can span.
  static let distances = 0...100_000
  /// Deepest nesting of parentheses and `not`.
  static let mostDepth = 64

  struct Output {
    var condition: Condition
    /// Indices of the patterns that it names.
    var used: Set<Int>
    /// Signals with their places in the condition's text.
    var signals: [(name: String, start: Int, length: Int)]
  }

  let names: [String]
  var tokens: [ConditionToken]
  var index = 0
  var depth = 0
  var used: Set<Int> = []
  var signals: [(name: String, start: Int, length: Int)] = []

  /// - Parameter names: the rule's patterns, in their order.
  static func parse(_ text: String, names: [String]) throws(ConditionFault) -> Output {
    var parser = ConditionParser(names: names, tokens: try ConditionLexer.tokens(of: text))
    let condition = try parser.alternatives()
    guard parser.next.kind == .end else {
      throw ConditionFault(
        parser.next, "'and' or 'or' is expected before \(parser.next.shown)")
    }
    return Output(condition: condition, used: parser.used, signals: parser.signals)
  }

  var next: ConditionToken { tokens[index] }

  mutating func take() -> ConditionToken {
    defer { if index < tokens.count - 1 { index += 1 } }
    return tokens[index]
  }

  /// Takes a word if it comes next.
  mutating func take(word: String) -> Bool {
    guard next.kind == .name(word) else { return false }
    _ = take()
    return true
  }

  @discardableResult
  mutating func expect(
    _ kind: ConditionToken.Kind, _ shown: String, after what: String
  ) throws(ConditionFault) -> ConditionToken {
    guard next.kind == kind else {
      throw ConditionFault(next, "\(shown) is expected after \(what), not \(next.shown)")
    }
    return take()
  }

  mutating func alternatives() throws(ConditionFault) -> Condition {
    var parts = [try conjunction()]
    while take(word: "or") { parts.append(try conjunction()) }
    return parts.count == 1 ? parts[0] : .or(parts)
  }

  private mutating func conjunction() throws(ConditionFault) -> Condition {
    var parts = [try negation()]
    while take(word: "and") { parts.append(try negation()) }
    return parts.count == 1 ? parts[0] : .and(parts)
  }

  private mutating func negation() throws(ConditionFault) -> Condition {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.mostDepth else {
      throw ConditionFault(next, "the condition is nested more than \(Self.mostDepth) deep")
    }
    if take(word: "not") { return .not(try negation()) }
    return try operand()
  }

  private mutating func operand() throws(ConditionFault) -> Condition {
    let token = take()
    switch token.kind {
    case .open:
      let inner = try alternatives()
      guard next.kind == .close else {
        throw ConditionFault(
          next, "')' is expected here, not \(next.shown)",
          hint: "the parenthesis at character \(token.start + 1) is open")
      }
      _ = take()
      return inner
    case .number(let number): return try quantified(atLeast: number, from: token)
    case .name("any"): return try quantified(atLeast: 1, from: token)
    case .name("all"): return try quantified(atLeast: nil, from: token)
    case .name("count"): return try count()
    case .name("near"): return try distance(token, ordered: false)
    case .name("before"): return try distance(token, ordered: true)
    case .name("in"): return try within()
    case .name("signal"): return try signal()
    case .name(let name) where Self.reserved.contains(name):
      throw ConditionFault(token, "a pattern is expected here, not \(token.shown)")
    case .name(let name): return .pattern(try pattern(name, at: token))
    default:
      throw ConditionFault(
        token, "a pattern, a function or '(' is expected here, not \(token.shown)")
    }
  }

  /// The index of a named pattern.
  mutating func pattern(_ name: String, at token: ConditionToken) throws(ConditionFault) -> Int {
    guard let index = names.firstIndex(of: name) else {
      throw ConditionFault(
        token, "the rule has no pattern '\(name)'", hint: Suggestion.hint(name, in: names),
        code: .undefinedPattern)
    }
    used.insert(index)
    return index
  }

  /// A pattern's name as an operand of a function.
  mutating func patternOperand(after what: String) throws(ConditionFault) -> Int {
    let token = take()
    guard case .name(let name) = token.kind else {
      throw ConditionFault(
        token, "a pattern's name is expected after \(what), not \(token.shown)")
    }
    return try pattern(name, at: token)
  }
}
