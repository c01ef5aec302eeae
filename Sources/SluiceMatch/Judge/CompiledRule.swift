import SluiceCore
import SluiceRules

/// A rule with its patterns, exceptions and overrides resolved to probes.
final class CompiledRule: Sendable {
  struct ExceptionUse: Sendable {
    let id: String
    let probes: [Int]
  }

  struct OverrideUse: Sendable {
    let override: Override
    let probe: Int?
  }

  let rule: Rule
  /// Index in the rule set.
  let pack: Int
  /// By index of the rule's patterns.
  let probes: [Int]
  let exceptions: [ExceptionUse]
  let overrides: [OverrideUse]
  /// The condition may hold where nothing matched: it asks for signals.
  let standsWithoutMatch: Bool

  init(
    rule: Rule, pack: Int, probes: [Int], exceptions: [ExceptionUse], overrides: [OverrideUse],
    standsWithoutMatch: Bool
  ) {
    self.rule = rule
    self.pack = pack
    self.probes = probes
    self.exceptions = exceptions
    self.overrides = overrides
    self.standsWithoutMatch = standsWithoutMatch
  }

  var names: [String] { rule.patterns.map(\.name) }

  var mentioned: [Int] {
    probes + exceptions.flatMap(\.probes) + overrides.compactMap(\.probe)
  }
}
