import SluiceCore
import SluiceMatch

/// Facts of the matching engine, for the start record and status.
enum Engine {
  /// Whether PCRE2 runs compiled code; nil where the matcher does not say.
  static func jit(_ matcher: Matcher) -> Bool? { matcher.facts["jit"].map { $0 != 0 } }

  static func json(_ matcher: Matcher) -> JSON {
    .object(matcher.facts.sorted { $0.key < $1.key }.map { JSON.Member($0.key, .int($0.value)) })
  }
}
