import SluiceCore
import Testing

@Suite struct TimestampTests {
  @Test("A moment is written as RFC 3339 in UTC with microseconds")
  func writes() {
    #expect(Timestamp(microseconds: 0).description == "1970-01-01T00:00:00.000000Z")
    // 2024-02-29 is a leap day: `date -u -d 2024-02-29T12:34:56Z +%s` gives 1709210096.
    #expect(
      Timestamp(microseconds: 1_709_210_096_000_007).description == "2024-02-29T12:34:56.000007Z")
    #expect(Timestamp(microseconds: -1).description == "1969-12-31T23:59:59.999999Z")
  }

  @Test("What is written is read back, and other forms are refused")
  func reads() {
    for value in [0, 1, -1, 1_709_210_096_000_007, 4_102_444_799_999_999] as [Int64] {
      let time = Timestamp(microseconds: value)
      #expect(Timestamp(time.description) == time)
    }
    #expect(Timestamp("2024-02-29T12:34:56Z")?.microseconds == 1_709_210_096_000_000)
    #expect(Timestamp("2024-02-29T12:34:56.5Z")?.microseconds == 1_709_210_096_500_000)
    #expect(Timestamp("2024-02-29 12:34:56Z") == nil)
    #expect(Timestamp("2024-02-29T12:34:56+01:00") == nil)
    #expect(Timestamp("2024-13-29T12:34:56Z") == nil)
  }
}
