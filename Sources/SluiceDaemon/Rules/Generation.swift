import SluiceCore
import SluiceMatch
import SluiceRules

/// One loaded set of rules and policies. Immutable; it lives as long as a worker judges with it.
package final class Generation: Sendable {
  /// Counts the sets of this process, from 1.
  package let number: Int
  package let matcher: Matcher
  package let policies: [Policy]
  package let loaded: Timestamp
  package let warnings: Int

  package init(
    number: Int, matcher: Matcher, policies: [Policy], loaded: Timestamp, warnings: Int = 0
  ) {
    self.number = number
    self.matcher = matcher
    self.policies = policies
    self.loaded = loaded
    self.warnings = warnings
  }

  /// The digest of its files.
  package var name: String { matcher.ruleSet.digest.description }

  /// The first policy whose sources hold `source`, or the standard one.
  package func policy(for source: String) -> Policy {
    policies.first { policy in
      policy.sources.isEmpty
        || policy.sources.contains { Wildcard.matches(Array(source.utf8), Array($0.utf8)) }
    } ?? .standard
  }
}

/// Names with `*` for any run of characters.
enum Wildcard {
  static func matches(_ text: [UInt8], _ pattern: [UInt8]) -> Bool {
    var (at, of) = (0, 0)
    var star: (pattern: Int, text: Int)?
    while at < text.count {
      if of < pattern.count, pattern[of] == UInt8(ascii: "*") {
        star = (of, at)
        of += 1
      } else if of < pattern.count, pattern[of] == text[at] {
        at += 1
        of += 1
      } else if let back = star {
        star = (back.pattern, back.text + 1)
        at = back.text + 1
        of = back.pattern + 1
      } else {
        return false
      }
    }
    return pattern[of...].allSatisfy { $0 == UInt8(ascii: "*") }
  }
}
