import SluiceEval
import Testing

@Suite struct ShareTests {
  /// Worked out from the formula with another program.
  @Test("The interval is Wilson's")
  func interval() throws {
    let interval = try #require(Share(80, of: 100).interval)
    #expect(abs(interval.lowerBound - 0.7111708) < 1e-6)
    #expect(abs(interval.upperBound - 0.8666331) < 1e-6)
    #expect(try #require(Share(0, of: 100).interval).lowerBound < 1e-12)
  }

  @Test("Under a hundred rows there are counts and no rate")
  func fewRows() {
    #expect(Share(27, of: 32).rate == nil)
    #expect(Share(27, of: 32).shown == "27 of 32")
    #expect(Share(50, of: 100).shown == "50.0 % (40.4–59.6)")
  }
}
