import SluiceCore
import Testing

@Suite struct ItemIDTests {
  @Test("An id is laid out as the ULID specification says")
  func layout() {
    // The specification's example: 1469918176385 ms is 01ARYZ6S41.
    let id = ItemID(milliseconds: 1_469_918_176_385, random: (0, 1))
    #expect(id.description == "01ARYZ6S410000000000000001")
    let top = ItemID(milliseconds: (1 << 48) - 1, random: (.max, .max))
    #expect(top.description == "7ZZZZZZZZZZZZZZZZZZZZZZZZZ")
    #expect(ItemID(top.description) == top)
    #expect(ItemID("8ZZZZZZZZZZZZZZZZZZZZZZZZZ") == nil)
    #expect(ItemID("01ARYZ6S41000000000000000I") == nil)
  }

  @Test("Ids go up within a millisecond and when the clock goes back")
  func monotonic() {
    var generator = ItemIDGenerator()
    var random = SystemRandomNumberGenerator()
    var last: ItemID?
    for time in [5000, 5000, 5001, 3000, 7000, 7999] as [Int64] {
      let id = generator.next(at: Timestamp(microseconds: time), using: &random)
      if let last { #expect(last < id) }
      last = id
    }
  }
}
