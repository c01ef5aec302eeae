import SluiceCore
import SluiceRules

/// What judging one item came to, kept until the next one for questions about it.
struct Outcome {
  let matcher: Matcher
  let context: ItemContext
  let hits: [RuleHit]
  /// Rules of which something was seen.
  let near: [Int]
  let digests: Set<Int>
  let unexamined: [Unexamined]
  private let acting: [ActingFinding]
  private let shadows: [ShadowFinding]
  private let caps: [String: Verdict]

  init(
    matcher: Matcher, context: ItemContext, hits: [RuleHit], near: [Int], digests: Set<Int>,
    itemPath: String, unexamined: [Unexamined], store: MatchStore
  ) {
    self.matcher = matcher
    self.context = context
    self.hits = hits
    self.near = near
    self.digests = digests
    self.unexamined = unexamined
    caps = matcher.ruleSet.packs.reduce(into: [:]) { $0[$1.id] = $1.cap }
    let builder = FindingBuilder(
      matcher: matcher, context: context, store: store, itemPath: itemPath)
    var acting: [ActingFinding] = []
    var shadows: [ShadowFinding] = []
    for hit in hits where hit.ignored == nil {
      if hit.shadow {
        shadows.append(ShadowFinding(builder.finding(hit)))
      } else {
        acting.append(
          ActingFinding(
            finding: builder.finding(hit), spots: builder.spots(hit),
            everywhere: builder.countsEverywhere(hit)))
      }
    }
    self.acting = acting
    self.shadows = shadows
  }

  func judgement(without rules: Set<String>) -> Judgement {
    Judgement(
      acting, without: rules, policy: context.policy, caps: caps,
      unexamined: unexamined.filter { !context.allowed.contains($0.cause.rawValue) })
  }

  /// All findings for the record, acting ones first. One that a higher rule of its group stands for
  /// adds nothing.
  func recorded(_ judgement: Judgement) -> [Finding] {
    var findings = acting.map(\.finding)
    for harm in judgement.harms {
      for member in harm.window.members where !member.counts {
        findings[harm.findings[member.finding]].score = 0
      }
    }
    return findings + shadows.map(\.recorded)
  }

  func explanation(store: MatchStore) -> Explanation {
    var explanation = Explanation()
    let judgement = judgement(without: [])
    explanation.windows = judgement.harms.filter { $0.window.sum > 0 }.map { window($0, store) }
    for hit in hits { explain(hit, &explanation) }
    let held = Set(hits.map(\.rule))
    for index in near where !held.contains(index) {
      if let miss = nearMiss(matcher.rules[index], store) { explanation.nearMisses.append(miss) }
    }
    return explanation
  }

  private func window(_ harm: Judgement.Harm, _ store: MatchStore) -> Explanation.Window {
    let parts = harm.window.members.map { member in
      let acting = acting[harm.findings[member.finding]]
      return Explanation.Part(
        rule: acting.finding.rule, points: acting.finding.score, counts: member.counts,
        group: acting.finding.group, everywhere: acting.everywhere)
    }
    return Explanation.Window(
      harm: harm.harm, score: harm.window.score, sum: harm.window.sum,
      annotate: context.policy.annotate, quarantine: context.policy.quarantine, cap: harm.cap,
      segment: harm.window.segment.map { store.segments[$0].path }, lines: harm.window.lines,
      parts: parts)
  }

  private func explain(_ hit: RuleHit, _ explanation: inout Explanation) {
    let rule = matcher.rules[hit.rule].rule
    if !hit.loweredBy.isEmpty {
      explanation.lowerings.append(
        .init(
          rule: rule.id, exceptions: hit.loweredBy, from: rule.severity, to: hit.severity,
          refusal: nil))
    } else if let refused = hit.refused {
      explanation.lowerings.append(
        .init(
          rule: rule.id, exceptions: refused.exceptions, from: rule.severity, to: hit.severity,
          refusal: refused.refusal))
    }
    if let reason = hit.ignored { explanation.ignored.append(.init(rule: rule.id, reason: reason)) }
  }

  /// The document that comes nearest: the one with the fewest failed parts.
  func nearMiss(_ compiled: CompiledRule, _ store: MatchStore) -> Explanation.NearMiss? {
    var best: Explanation.NearMiss?
    for (_, ground) in HitFinder.grounds(of: compiled.rule.scope, store: store, digests: digests) {
      let evaluation = Evaluation(ground: ground, probes: compiled.probes)
      let matched = compiled.rule.patterns.indices.filter { evaluation.matches($0, in: nil) }
      let failed = Failure(evaluation: evaluation, names: compiled.names)
        .parts(of: compiled.rule.condition)
      guard !failed.isEmpty, best == nil || matched.count > best?.matched.count ?? 0 else {
        continue
      }
      let segment = matched.first.flatMap { evaluation.runs($0, in: nil, part: nil).first }
      best = Explanation.NearMiss(
        rule: compiled.rule.id, segment: segment.map { store.segments[$0.segment].path },
        matched: matched.map { compiled.names[$0] }, failed: failed)
    }
    guard let best, !best.matched.isEmpty else { return nil }
    return best
  }
}
