import SluiceCore

/// All packs of one reading, and the site's overrides. The packs stand as written: judging applies
/// the overrides, so that it can say which one did what.
package struct RuleSet: Sendable {
  /// In order of id.
  package var packs: [Pack]
  /// Those that have not ended and name a rule of the set.
  package var overrides: [Override]
  /// Names the generation: the digest over the digests of all packs and override files.
  package var digest: Digest
  /// Warnings of the reading; a set whose reading has errors must not go live.
  package var warnings: [Diagnostic]

  package var rules: [Rule] { packs.flatMap(\.rules) }

  package init(packs: [Pack], overrides: [Override], digest: Digest, warnings: [Diagnostic]) {
    self.packs = packs
    self.overrides = overrides
    self.digest = digest
    self.warnings = warnings
  }
}
