import SluiceCore
import SluiceTestSupport
import Testing

@testable import SluiceRules

@Suite struct ConditionTests {
  private static let names = ["a", "b", "c"]

  private func parse(_ text: String) throws -> Condition {
    try ConditionParser.parse(text, names: Self.names).condition
  }

  @Test("'or' binds weakest, then 'and', then 'not'")
  func precedence() throws {
    #expect(
      try parse("a or not b and c")
        == .or([.pattern(0), .and([.not(.pattern(1)), .pattern(2)])]))
    #expect(
      try parse("(a or not b) and c")
        == .and([.or([.pattern(0), .not(.pattern(1))]), .pattern(2)]))
  }

  @Test("Every function is read with its operands")
  func functions() throws {
    #expect(try parse("any of them") == .atLeast(count: 1, of: [0, 1, 2]))
    #expect(try parse("all of (c, a)") == .atLeast(count: 2, of: [2, 0]))
    #expect(try parse("2 of them") == .atLeast(count: 2, of: [0, 1, 2]))
    #expect(try parse("count(b) != 3") == .count(1, .notEqual, 3))
    #expect(try parse("near(a,b,60)") == .near(0, 1, distance: 60))
    #expect(try parse("before(a, a, 0)") == .before(0, 0, distance: 0))
    #expect(try parse("in(a, subject | name)") == .or([.within(0, .subject), .within(0, .name)]))
    #expect(try parse("signal(name-lies)") == .signal("name-lies"))
  }

  /// Conditions over three patterns, made at random.
  private static func random(_ depth: Int, _ random: inout SplitMix) -> Condition {
    switch random.next() % (depth > 0 ? 6 : 2) {
    case 0: .pattern(Int(random.next() % 3))
    case 1: .atLeast(count: Int(random.next() % 3) + 1, of: [0, 1, 2])
    case 2, 3: .and([self.random(depth - 1, &random), self.random(depth - 1, &random)])
    case 4: .or([self.random(depth - 1, &random), self.random(depth - 1, &random)])
    default: .not(self.random(depth - 1, &random))
    }
  }

  private static func holds(_ condition: Condition, _ truths: [Bool]) -> Bool {
    switch condition {
    case .pattern(let index): truths[index]
    case .and(let parts): parts.allSatisfy { holds($0, truths) }
    case .or(let parts): parts.contains { holds($0, truths) }
    case .not(let inner): !holds(inner, truths)
    case .atLeast(let count, let of): of.count { truths[$0] } >= count
    default: fatalError("not made here")
    }
  }

  @Test("Whether a condition can hold or fail is what trying every case says")
  func exhaustive() {
    var random = SplitMix(state: 7)
    var never = 0
    for _ in 0..<2000 {
      let condition = Self.random(4, &random)
      let results = (0..<8).map { bits in
        Self.holds(condition, (0..<3).map { bits >> $0 & 1 == 1 })
      }
      #expect(ConditionSatisfiability.canHold(condition) == results.contains(true))
      #expect(ConditionSatisfiability.canFail(condition) == results.contains(false))
      #expect(ConditionSatisfiability.holdsOnNothing(condition) == results[0])
      if !results.contains(true) { never += 1 }
    }
    #expect(never > 20)
  }

  @Test(
    "Counts, distances and parts are held against each other",
    arguments: [
      ("count(a) >= 3 and count(a) <= 2", false), ("count(a) >= 2 and count(a) <= 2", true),
      ("near(a, b, 10) and not near(a, b, 20)", false),
      ("near(a, b, 20) and not near(b, a, 10)", true),
      ("before(a, b, 10) and not near(a, b, 10)", false),
      ("near(a, b, 10) and not before(a, b, 10) and not before(b, a, 10)", true),
      ("in(a, subject) and not a", false), ("in(a, subject) and not in(a, body)", true),
      ("count(a) == 0 and a", false), ("signal(name-lies) and not signal(name-lies)", false),
    ])
  func related(_ text: String, _ canHold: Bool) throws {
    #expect(ConditionSatisfiability.canHold(try parse(text)) == canHold)
  }
}
