import Testing

@testable import SluiceMatch

@Suite struct EngineUnspacedTests {
  @Test(
    "A word boundary beside a script without spaces is found at its place",
    arguments: [
      (#"\b转账"#, [0]), (#"(?:\b汇款|x)\b"#, [3]), (#"โอน\b"#, [3]), (#"\b(?:カード)"#, [0]),
      (#"\bbank\b"#, []), (#"\bперевод\b"#, []), (#"\\b转"#, []), (#"\bद\b"#, []),
    ])
  func boundaries(source: String, places: [Int]) {
    #expect(UnspacedScripts.boundaries(in: source) == places)
  }
}
