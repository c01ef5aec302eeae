import SluiceCore
import SluiceRules

/// What a rule, an exception or an override looks for; equal ones of all packs are one probe.
struct Probe: Sendable {
  enum Source: Sendable, Hashable {
    /// Indices of expressions in the program; a word list has several.
    case expressions([Int])
    /// Index of a digest list.
    case digests(Int)
  }

  var source: Source
  var validator: Validator?
  var argument: Double
  /// Somebody asks for the sentence around a match: a rule with exceptions.
  var needsSentence = false

  /// Of its source; none where it is a digest list.
  var expressions: [Int] {
    if case .expressions(let indices) = source { indices } else { [] }
  }

  func accepts(_ bytes: UnsafeRawBufferPointer) -> Bool {
    validator.map { $0.accepts(bytes, argument) } ?? true
  }
}
