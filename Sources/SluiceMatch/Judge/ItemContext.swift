import SluiceCore
import SluiceRules

/// What the judge must know of an item before its text comes.
package struct ItemContext: Sendable {
  /// The dropped name, any bytes; it is also judged, as a segment of its own.
  package var name: [UInt8]
  package var source: String
  package var policy: Policy
  /// Ids of rules that are on probation and were disarmed: what only they would quarantine is held.
  package var disarmed: Set<String>
  /// What was allowed before the digest was known; `finish` adds what its closure returns.
  package var allowed: Set<String>
  /// The moment that decides whether an override still applies; nil: that of the compilation.
  package var now: Timestamp?

  package init(
    name: [UInt8], source: String = "default", policy: Policy = .standard,
    disarmed: Set<String> = [], allowed: Set<String> = [], now: Timestamp? = nil
  ) {
    self.name = name
    self.source = source
    self.policy = policy
    self.disarmed = disarmed
    self.allowed = allowed
    self.now = now
  }
}
