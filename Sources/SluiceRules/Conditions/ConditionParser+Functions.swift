import SluiceCore

/// `N of`, `count`, `near`, `before`, `in` and `signal`.
extension ConditionParser {
  /// `any of them`, `all of (a, b)`, `2 of them`; nil for all.
  mutating func quantified(
    atLeast number: Int?, from token: ConditionToken
  ) throws(ConditionFault) -> Condition {
    guard take(word: "of") else {
      throw ConditionFault(next, "'of' is expected after \(token.shown), not \(next.shown)")
    }
    let patterns: [Int]
    if take(word: "them") {
      guard !names.isEmpty else {
        throw ConditionFault(
          token, "the rule has no patterns that 'them' could mean", code: .conditionOperand)
      }
      patterns = Array(names.indices)
      used.formUnion(patterns)
    } else {
      patterns = try list()
    }
    let count = number ?? patterns.count
    guard count >= 1, count <= patterns.count else {
      throw ConditionFault(
        token,
        count < 1
          ? "'0 of' holds for every text" : "\(count) of \(patterns.count) patterns never match",
        hint: "the number is between 1 and \(patterns.count)", code: .conditionOperand)
    }
    return .atLeast(count: count, of: patterns)
  }

  private mutating func list() throws(ConditionFault) -> [Int] {
    guard next.kind == .open else {
      throw ConditionFault(
        next, "'them' or a list in parentheses is expected after 'of', not \(next.shown)")
    }
    _ = take()
    var patterns: [Int] = []
    repeat {
      let token = next
      let pattern = try patternOperand(after: patterns.isEmpty ? "'('" : "','")
      guard !patterns.contains(pattern) else {
        throw ConditionFault(
          token, "'\(names[pattern])' stands in this list twice", code: .conditionOperand)
      }
      patterns.append(pattern)
    } while takeComma()
    try expect(.close, "',' or ')'", after: "'\(names[patterns.last!])'")
    return patterns
  }

  private mutating func takeComma() -> Bool {
    guard next.kind == .comma else { return false }
    _ = take()
    return true
  }

  mutating func count() throws(ConditionFault) -> Condition {
    try expect(.open, "'('", after: "'count'")
    let pattern = try patternOperand(after: "'('")
    try expect(.close, "')'", after: "'\(names[pattern])'")
    let sign = take()
    guard case .comparison(let comparison) = sign.kind else {
      throw ConditionFault(
        sign, "a comparison is expected after 'count(…)', not \(sign.shown)",
        hint: "as in: count(\(names[pattern])) >= 2")
    }
    return .count(
      pattern, comparison, try number(after: "'\(comparison.rawValue)'", in: 0...1_000_000))
  }

  mutating func distance(
    _ token: ConditionToken, ordered: Bool
  ) throws(ConditionFault) -> Condition {
    try expect(.open, "'('", after: token.shown)
    let first = try patternOperand(after: "'('")
    try expect(.comma, "','", after: "'\(names[first])'")
    let place = next
    let second = try patternOperand(after: "','")
    if first == second, !ordered {
      throw ConditionFault(
        place, "'\(names[first])' is always near itself",
        hint: "count(\(names[first])) >= 2 asks for two matches", code: .conditionOperand)
    }
    guard next.kind == .comma else {
      throw ConditionFault(
        next, "',' and a distance in characters are expected after '\(names[second])'",
        hint: "as in: \(ordered ? "before" : "near")(\(names[first]), \(names[second]), 60)")
    }
    _ = take()
    let distance = try number(after: "','", in: Self.distances)
    try expect(.close, "')'", after: "the distance")
    return ordered
      ? .before(first, second, distance: distance) : .near(first, second, distance: distance)
  }

  /// `in(a, subject|name)`.
  mutating func within() throws(ConditionFault) -> Condition {
    try expect(.open, "'('", after: "'in'")
    let pattern = try patternOperand(after: "'('")
    try expect(.comma, "','", after: "'\(names[pattern])'")
    var parts: [Condition] = []
    repeat {
      let token = take()
      let known = SegmentInfo.Part.allCases.map(\.rawValue)
      guard case .name(let name) = token.kind, let part = SegmentInfo.Part(rawValue: name) else {
        let word = if case .name(let name) = token.kind { name } else { "" }
        throw ConditionFault(
          token, "a part of a document is expected here, not \(token.shown)",
          hint: Suggestion.hint(word, in: known), code: .conditionOperand)
      }
      parts.append(.within(pattern, part))
    } while takeBar()
    try expect(.close, "'|' or ')'", after: "a part")
    return parts.count == 1 ? parts[0] : .or(parts)
  }

  private mutating func takeBar() -> Bool {
    guard next.kind == .bar else { return false }
    _ = take()
    return true
  }

  mutating func signal() throws(ConditionFault) -> Condition {
    try expect(.open, "'('", after: "'signal'")
    let token = take()
    guard case .name(let name) = token.kind else {
      throw ConditionFault(token, "a signal's name is expected after '(', not \(token.shown)")
    }
    guard Signal(rawValue: name) != nil else {
      throw ConditionFault(
        token, "there is no signal '\(name)'",
        hint: Suggestion.hint(name, in: Signal.allCases.map(\.rawValue)), code: .conditionOperand)
    }
    try expect(.close, "')'", after: "'\(name)'")
    signals.append((name, token.start, token.length))
    return .signal(name)
  }

  private mutating func number(
    after what: String, in range: ClosedRange<Int>
  ) throws(ConditionFault) -> Int {
    let token = take()
    guard case .number(let number) = token.kind else {
      throw ConditionFault(token, "a number is expected after \(what), not \(token.shown)")
    }
    guard range.contains(number) else {
      throw ConditionFault(
        token, "\(number) is too large; at most \(range.upperBound)", code: .conditionOperand)
    }
    return number
  }
}
