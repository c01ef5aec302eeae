import SluiceCore

/// Whether a condition can hold, and whether it can fail, over everything that its patterns could do:
/// how often each matches, how close two come, in which parts, which signals are there.
struct ConditionSatisfiability {
  /// What the search varies. Each takes values from 0 up; what they mean is said here.
  private enum Variable: Hashable {
    /// How often a pattern matches.
    case matches(Int)
    /// Distance between two patterns, whichever comes first; the lower index first.
    case near(Int, Int)
    /// Distance from the first to a later second.
    case before(Int, Int)
    /// 1 if the pattern matches in that part.
    case within(Int, SegmentInfo.Part)
    /// 1 if it is there.
    case signal(String)
  }

  /// No match at all that close.
  private static let far = Int.max
  /// Evaluations after which the search gives up and finds nothing wrong.
  static let budget = 20_000

  private var variables: [Variable] = []
  private var domains: [[Int]] = []
  private var places: [Variable: Int] = [:]
  private var left = Self.budget

  /// True, or false only where no texts at all could make it hold.
  static func canHold(_ condition: Condition) -> Bool { search(condition, for: true) }

  /// True, or false only where every text makes it hold.
  static func canFail(_ condition: Condition) -> Bool { search(condition, for: false) }

  /// Whether it holds where nothing matches and no signal is there.
  static func holdsOnNothing(_ condition: Condition) -> Bool {
    switch condition {
    case .pattern, .near, .before, .within, .signal: false
    case .atLeast(let count, _): count <= 0
    case .count(_, let comparison, let number): comparison.holds(0, number)
    case .and(let parts): parts.allSatisfy(holdsOnNothing)
    case .or(let parts): parts.contains(where: holdsOnNothing)
    case .not(let inner): !holdsOnNothing(inner)
    }
  }

  private static func search(_ condition: Condition, for goal: Bool) -> Bool {
    var search = ConditionSatisfiability()
    search.collect(condition)
    for index in search.domains.indices {
      search.domains[index] = Array(Set(search.domains[index])).sorted()
    }
    var values = [Int?](repeating: nil, count: search.variables.count)
    return search.find(condition, goal, &values, from: 0)
  }

  private mutating func find(
    _ condition: Condition, _ goal: Bool, _ values: inout [Int?], from index: Int
  ) -> Bool {
    left -= 1
    guard left > 0 else { return true }
    if let known = evaluate(condition, values) { return known == goal }
    guard index < variables.count else { return true }
    for value in domains[index] {
      values[index] = value
      if find(condition, goal, &values, from: index + 1) { return true }
    }
    values[index] = nil
    return false
  }

  private mutating func add(_ variable: Variable, _ values: [Int]) {
    if let place = places[variable] {
      domains[place] += values
    } else {
      places[variable] = variables.count
      variables.append(variable)
      domains.append(values)
    }
  }

  private mutating func collect(_ condition: Condition) {
    switch condition {
    case .pattern(let pattern): add(.matches(pattern), [0, 1])
    case .and(let parts), .or(let parts): for part in parts { collect(part) }
    case .not(let inner): collect(inner)
    case .atLeast(_, let patterns): for pattern in patterns { add(.matches(pattern), [0, 1]) }
    case .count(let pattern, _, let number):
      add(.matches(pattern), [0, 1, max(0, number - 1), number, number + 1])
    case .near(let first, let second, let distance):
      for pattern in [first, second] { add(.matches(pattern), [0, 1]) }
      add(.near(min(first, second), max(first, second)), [distance, Self.far])
    case .before(let first, let second, let distance):
      for pattern in [first, second] { add(.matches(pattern), [0, 1]) }
      add(.before(first, second), [distance, Self.far])
    case .within(let pattern, let part):
      add(.matches(pattern), [0, 1])
      add(.within(pattern, part), [0, 1])
    case .signal(let name): add(.signal(name), [0, 1])
    }
  }

  private func value(_ variable: Variable, _ values: [Int?]) -> Int? {
    guard let place = places[variable] else { return Self.far }
    return values[place]
  }

  /// Kleene's logic: nil where what is known so far does not decide.
  private func evaluate(_ condition: Condition, _ values: [Int?]) -> Bool? {
    switch condition {
    case .pattern(let pattern): return value(.matches(pattern), values).map { $0 > 0 }
    case .and(let parts): return all(parts.map { evaluate($0, values) })
    case .or(let parts): return all(parts.map { evaluate($0, values).map { !$0 } }).map { !$0 }
    case .not(let inner): return evaluate(inner, values).map { !$0 }
    case .atLeast(let count, let patterns):
      let truths = patterns.map { value(.matches($0), values).map { $0 > 0 } }
      if truths.count(where: { $0 == true }) >= count { return true }
      return truths.count(where: { $0 != false }) < count ? false : nil
    case .count(let pattern, let comparison, let number):
      return value(.matches(pattern), values).map { comparison.holds($0, number) }
    case .near(let first, let second, let distance):
      let (low, high) = (min(first, second), max(first, second))
      return all([
        matches(first, values), matches(second, values),
        close(
          [.near(low, high), .before(first, second), .before(second, first)], distance, values),
      ])
    case .before(let first, let second, let distance):
      return all([
        matches(first, values), matches(second, values),
        close([.before(first, second)], distance, values),
      ])
    case .within(let pattern, let part):
      return all([
        matches(pattern, values), value(.within(pattern, part), values).map { $0 > 0 },
      ])
    case .signal(let name): return value(.signal(name), values).map { $0 > 0 }
    }
  }

  private func matches(_ pattern: Int, _ values: [Int?]) -> Bool? {
    value(.matches(pattern), values).map { $0 > 0 }
  }

  /// Whether any of the distances is small enough.
  private func close(_ distances: [Variable], _ most: Int, _ values: [Int?]) -> Bool? {
    let truths = distances.map { value($0, values).map { $0 <= most } }
    return all(truths.map { $0.map { !$0 } }).map { !$0 }
  }

  private func all(_ truths: [Bool?]) -> Bool? {
    if truths.contains(where: { $0 == false }) { return false }
    return truths.contains(where: { $0 == nil }) ? nil : true
  }
}

extension Condition.Comparison {
  func holds(_ left: Int, _ right: Int) -> Bool {
    switch self {
    case .less: left < right
    case .atMost: left <= right
    case .equal: left == right
    case .notEqual: left != right
    case .atLeast: left >= right
    case .more: left > right
    }
  }
}
