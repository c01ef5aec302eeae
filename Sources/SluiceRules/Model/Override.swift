import SluiceCore

/// What a site says of one rule: narrower, quieter, or off; never the engine.
package struct Override: Sendable {
  package var rule: String
  package var effect: Effect
  /// When it applies; all given ones must hold. None: to every hit of the rule.
  package var pattern: Pattern?
  package var sha256: Digest?
  package var source: String?
  package var reason: String
  package var owner: String
  /// The last moment it applies.
  package var until: Timestamp?
  package var span: SourceSpan

  package enum Effect: Sendable, Hashable {
    /// The finding does not count where the override applies.
    case ignore
    /// The rule goes into shadow.
    case shadow
    /// The rule is switched off.
    case off
    /// The rule scores this many points.
    case score(Int)
  }

  package init(
    rule: String, effect: Effect, pattern: Pattern?, sha256: Digest?, source: String?,
    reason: String, owner: String, until: Timestamp?, span: SourceSpan
  ) {
    self.rule = rule
    self.effect = effect
    self.pattern = pattern
    self.sha256 = sha256
    self.source = source
    self.reason = reason
    self.owner = owner
    self.until = until
    self.span = span
  }
}
