import SluiceCore
import SluiceRules

/// Evaluates the rules that something of was seen, over documents or the whole item, and applies
/// overrides, then exceptions.
struct HitFinder {
  let matcher: Matcher
  let store: MatchStore
  let context: ItemContext
  let activation: Activation
  let digests: Set<Int>
  let sha256: Digest
  let appliesOverrides: Bool

  private(set) var hits: [RuleHit] = []
  /// Rules of which something was seen, in order.
  private(set) var candidates: [Int] = []

  init(
    matcher: Matcher, store: MatchStore, context: ItemContext, activation: Activation,
    digests: Set<Int>, sha256: Digest, appliesOverrides: Bool
  ) {
    self.matcher = matcher
    self.store = store
    self.context = context
    self.activation = activation
    self.digests = digests
    self.sha256 = sha256
    self.appliesOverrides = appliesOverrides
  }

  mutating func run() {
    var seen = Set(matcher.rulesWithoutMatch)
    var last = -1
    for run in store.runs where run.probe != last {
      last = run.probe
      seen.formUnion(matcher.rulesOfProbe[run.probe])
    }
    for probe in digests { seen.formUnion(matcher.rulesOfProbe[probe]) }
    candidates = seen.filter { activation.rules[$0] }.sorted()
    for rule in candidates {
      if let hit = judge(rule) { hits.append(hit) }
    }
  }

  private func judge(_ index: Int) -> RuleHit? {
    let compiled = matcher.rules[index]
    let rule = compiled.rule
    var total: RuleHit?
    for (document, ground) in Self.grounds(
      of: rule.scope, store: store, digests: digests)
    {
      let evaluation = Evaluation(ground: ground, probes: compiled.probes)
      guard evaluation.holds(rule.condition) else { continue }
      let hit = HitJudge(
        finder: self, compiled: compiled, index: index, document: document, evaluation: evaluation
      ).hit
      total = total.map { Self.merge($0, hit) } ?? hit
    }
    return total
  }

  /// The documents of an item as grounds, or the item as one.
  static func grounds(
    of scope: Rule.Scope, store: MatchStore, digests: Set<Int>
  ) -> [(document: Int, ground: Ground)] {
    switch scope {
    case .document:
      return store.documents.enumerated().map { index, document in
        let ground = Ground(
          store: store, runs: store.runs[document.runs], signals: document.signals,
          digests: digests)
        return (index, ground)
      }
    case .item:
      let runs = store.runs.sorted { ($0.probe, $0.segment) < ($1.probe, $1.segment) }
      let signals = store.documents.reduce(into: Set<Signal>()) { $0.formUnion($1.signals) }
      return [(-1, Ground(store: store, runs: runs[...], signals: signals, digests: digests))]
    }
  }

  /// One finding from two documents: it counts for the graver, and stands in both.
  private static func merge(_ first: RuleHit, _ second: RuleHit) -> RuleHit {
    if first.ignored != nil, second.ignored == nil { return second }
    if second.ignored != nil { return first }
    if first.shadow != second.shadow { return first.shadow ? second : first }
    var merged = first.score >= second.score ? first : second
    let other = first.score >= second.score ? second : first
    merged.supports = first.supports + second.supports
    merged.everywhere = first.everywhere || second.everywhere
    merged.placeless = Array(Set(first.placeless + second.placeless)).sorted()
    if merged.loweredBy.isEmpty, !other.loweredBy.isEmpty {
      merged.refused = (other.loweredBy, .elsewhere)
    }
    return merged
  }
}
