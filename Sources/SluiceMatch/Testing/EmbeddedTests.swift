import SluiceCore

/// The texts that every pack carries, run through the same examiner as dropped files.
package enum EmbeddedTests {
  /// Diagnostics at the texts that fail: which text, and which part of the condition.
  package static func run(_ matcher: Matcher) -> [Diagnostic] { [] }
}
