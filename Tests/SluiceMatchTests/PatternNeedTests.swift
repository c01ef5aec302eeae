import Testing

@testable import SluiceMatch

@Suite struct PatternNeedTests {
  private static let cost: [Double] = [1, 10, 100, 1000]

  private static func hit(_ need: PatternNeed) -> Set<Int>? {
    need.hittingSet(cost: cost)?.patterns
  }
  private static func one(_ pattern: Int) -> PatternNeed { .oneOf([pattern]) }

  @Test("Of what must all be there the cheapest is looked for, of alternatives all")
  func sets() {
    #expect(Self.hit(.all([Self.one(3), Self.one(1)])) == [1])
    #expect(Self.hit(.any([Self.one(3), Self.one(1)])) == [1, 3])
    #expect(Self.hit(.all([.any([Self.one(0), Self.one(3)]), Self.one(2)])) == [2])
    #expect(Self.hit(.oneOf([1, 2])) == [1, 2])
  }

  @Test(
    "Of several that some of must be there so many are looked for that too few are left without")
  func someOf() {
    let all = (0..<4).map { Self.one($0) }
    #expect(Self.hit(.atLeast(1, all)) == [0, 1, 2, 3])
    #expect(Self.hit(.atLeast(3, all)) == [0, 1])
    #expect(Self.hit(.atLeast(4, all)) == [0])
    #expect(Self.hit(.atLeast(3, [.nothing] + all)) == [0, 1, 2])
    #expect(Self.hit(.atLeast(1, [.nothing, Self.one(0)])) == nil)
    #expect(Self.hit(.atLeast(0, all)) == nil)
  }

  @Test("What may hold with nothing there cannot be missed")
  func nothing() {
    #expect(Self.hit(.nothing) == nil)
    #expect(Self.hit(.any([Self.one(0), .nothing])) == nil)
    #expect(Self.hit(.all([Self.one(0), .nothing])) == [0])
  }

  @Test("A signal is cheaper than any search")
  func signals() {
    let set = PatternNeed.all([Self.one(2), .signal("disguise")]).hittingSet(cost: Self.cost)
    #expect(set?.signals == ["disguise"])
    #expect(set?.patterns == [])
  }

  @Test("Other needs are another compiled form")
  func keys() {
    let specs = ["a", "b"].map {
      PatternSpec(source: $0, freeSpacing: false, caseSensitive: false)
    }
    let needs: [[PatternNeed]?] = [
      nil, [], [Self.one(0)], [Self.one(1)], [.all([Self.one(0), Self.one(1)])],
      [.any([Self.one(0), Self.one(1)])], [.atLeast(2, [Self.one(0), Self.one(1)])],
      [.atLeast(1, [Self.one(0), Self.one(1)])], [.signal("a")], [.nothing],
    ]
    let keys = needs.map {
      PatternProgram.key(of: specs, needs: $0, options: EngineOptions(), engine: [1])
    }
    #expect(Set(keys).count == needs.count)
  }
}
