import SluiceCore
import Testing

@Suite struct OffsetMapTests {
  @Test("A map leads from a byte of the text to the start of its character in the origin")
  func leads() {
    // UTF-16 after a byte order mark: "aé" is 1 + 2 bytes of UTF-8, and 2 + 2 of UTF-16.
    let map = OffsetMap(runs: [
      .init(text: 0, origin: 2, textStep: 1, originStep: 2),
      .init(text: 1, origin: 4, textStep: 2, originStep: 2),
    ])
    #expect(map.origin(of: 0) == 2)
    #expect(map.origin(of: 1) == 4)
    #expect(map.origin(of: 2) == 4)
    #expect(map.origin(of: 3) == 6)
  }
}
