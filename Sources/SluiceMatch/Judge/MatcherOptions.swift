import SluiceCore

/// How a generation is compiled and how much a worker may keep of one item.
package struct MatcherOptions: Sendable {
  /// Run the embedded tests; failing ones are errors and no matcher is made.
  package var runTests: Bool
  /// For the end dates of overrides; nil: none has ended.
  package var now: Timestamp?
  /// Matches kept of one pattern in one segment, and of all patterns in one item. What goes beyond
  /// is recorded as `engine.limit`.
  package var matchesPerPattern: Int
  package var matchesPerItem: Int

  /// Bytes that the compiled expressions may come to.
  package var memory: Int
  /// Where compiled forms are kept; nil compiles everything.
  package var forms: CompiledForms?

  package init(
    runTests: Bool = true, now: Timestamp? = nil, matchesPerPattern: Int = 10_000,
    matchesPerItem: Int = 200_000, memory: Int = 2 << 30, forms: CompiledForms? = nil
  ) {
    self.memory = memory
    self.forms = forms
    self.runTests = runTests
    self.now = now
    self.matchesPerPattern = matchesPerPattern
    self.matchesPerItem = matchesPerItem
  }
}
