import SluiceCore

/// What one run came to, for text, JSON and HTML alike.
package struct EvalReport {
  package enum Dimension: String, Sendable, CaseIterable {
    case harm, rule, dataset, lang, group
  }

  package var evaluation: Evaluation
  package var benign: BenignTally?
  /// What judged: packs and rules, the generation, the policy's profiles.
  package var packs: Int
  package var rules: Int
  package var generation: String
  package var profiles: [String]
  /// Masks a text of a data set, unless texts are to be shown.
  package var shown: (String) -> String

  package init(
    evaluation: Evaluation, benign: BenignTally?, packs: Int, rules: Int, generation: String,
    profiles: [String], shown: @escaping (String) -> String
  ) {
    self.evaluation = evaluation
    self.benign = benign
    self.packs = packs
    self.rules = rules
    self.generation = generation
    self.profiles = profiles
    self.shown = shown
  }

  package var sources: [(name: String, tally: SourceTally)] {
    evaluation.sources.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// Rules that hit something, the ones that hurt most first.
  package var rulesByHarm: [(rule: String, tally: RuleTally)] {
    evaluation.rules.sorted { left, right in
      (right.value.falseActs, right.value.falseAlone, left.key)
        < (left.value.falseActs, left.value.falseAlone, right.key)
    }.map { ($0.key, $0.value) }
  }

  /// Rules that carried, the ones without which most would be missed first.
  package var rulesByUse: [(rule: String, tally: RuleTally)] {
    evaluation.rules.sorted { left, right in
      (right.value.trueAlone, right.value.trueActs, left.key)
        < (left.value.trueAlone, left.value.trueActs, right.key)
    }.map { ($0.key, $0.value) }
  }

  /// The slices of one dimension by name; rules have tallies of another kind.
  package func slices(_ dimension: Dimension) -> [(name: String, tally: Tally)] {
    let tallies: [String: Tally] =
      switch dimension {
      case .harm: evaluation.byHarm
      case .lang: evaluation.langs
      case .group: evaluation.groups
      case .dataset: evaluation.sources.mapValues(\.total)
      case .rule: [:]
      }
    return tallies.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }
}
