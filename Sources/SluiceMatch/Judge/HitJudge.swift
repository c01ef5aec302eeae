import SluiceCore
import SluiceRules

/// What a condition that holds on one ground counts for: overrides of the site first, then the
/// pack's exceptions.
///
/// Both work by removal: matches that an override or exception covers are set aside, and if the
/// condition still holds without them, it stands on its own and nothing changes.
struct HitJudge {
  let finder: HitFinder
  let compiled: CompiledRule
  let index: Int
  /// -1 for a ground of the whole item.
  let document: Int
  let evaluation: Evaluation

  var hit: RuleHit {
    var hit = RuleHit(
      rule: index, severity: compiled.rule.severity, score: compiled.rule.score,
      shadow: compiled.rule.mode == .shadow)
    var evaluation = evaluation
    if finder.appliesOverrides {
      for use in compiled.overrides where applies(use.override) {
        apply(use, to: &hit, &evaluation)
        if hit.ignored != nil { return hit }
      }
    }
    place(&hit, evaluation)
    if finder.context.allowed.contains(compiled.rule.id) {
      hit.ignored = "allowed for this digest by an earlier release"
    }
    lower(&hit, evaluation)
    return hit
  }

  private func applies(_ override: Override) -> Bool {
    if let until = override.until, let now = finder.context.now ?? finder.matcher.options.now,
      now > until
    {
      return false
    }
    if let sha256 = override.sha256, sha256 != finder.sha256 { return false }
    if let source = override.source, !SourceName.matches(finder.context.source, source) {
      return false
    }
    return true
  }

  private func apply(
    _ use: CompiledRule.OverrideUse, to hit: inout RuleHit, _ evaluation: inout Evaluation
  ) {
    if let probe = use.probe {
      var without = evaluation
      without.excluded.formUnion(overlapped(by: probe))
      guard !without.holds(compiled.rule.condition) else {
        if use.override.effect == .ignore || use.override.effect == .off { evaluation = without }
        return
      }
    }
    switch use.override.effect {
    case .ignore, .off:
      hit.ignored = "override by \(use.override.owner): \(use.override.reason)"
    case .shadow: hit.shadow = true
    case .score(let score): hit.score = score
    }
  }

  /// Records of the rule's own patterns that a match of one of the probes covers.
  /// - Parameter reach: where such a match may begin, for one of the rule's own; `covers` then
  ///   decides.
  private func covered(
    by probes: [Int], reach: (MatchRecord) -> Range<Int>,
    _ covers: (MatchRecord, MatchRecord) -> Bool
  ) -> Set<Int> {
    let records = evaluation.ground.store.records
    var covered: Set<Int> = []
    for probe in probes {
      for other in evaluation.ground.runs(of: probe) {
        let others = records[other.records]
        for own in Set(compiled.probes) {
          guard let run = evaluation.ground.run(of: own, in: other.segment) else { continue }
          for index in run.records where !covered.contains(index) {
            let range = reach(records[index])
            var next = others.partition { $0.start < range.lowerBound }
            while next < others.endIndex, others[next].start < range.upperBound {
              if covers(records[index], others[next]) {
                covered.insert(index)
                break
              }
              next += 1
            }
          }
        }
      }
    }
    return covered
  }

  /// Collects the segments that fulfil the condition alone; where none does, the finding has no one
  /// place and counts everywhere.
  private func place(_ hit: inout RuleHit, _ evaluation: Evaluation) {
    let condition = compiled.rule.condition
    for (pattern, probe) in compiled.probes.enumerated()
    where evaluation.ground.digests.contains(probe) {
      hit.placeless.append(pattern)
    }
    var segments: Set<Int> = []
    for probe in Set(compiled.probes) {
      for run in evaluation.ground.runs(of: probe) { segments.insert(run.segment) }
    }
    for segment in segments.sorted() where evaluation.holds(condition, in: segment) {
      append(segment, segment, to: &hit, evaluation)
    }
    if hit.supports.allSatisfy(\.records.isEmpty) {
      hit.everywhere = true
      for segment in segments.sorted() { append(segment, nil, to: &hit, evaluation) }
    }
    if !hit.placeless.isEmpty { hit.everywhere = true }
  }

  private func append(
    _ segment: Int, _ alone: Int?, to hit: inout RuleHit, _ evaluation: Evaluation
  ) {
    let store = evaluation.ground.store
    var records: [(pattern: Int, record: Int)] = []
    if alone == nil {
      // Across segments: everything of the condition that lies in this one.
      for (pattern, probe) in compiled.probes.enumerated() {
        guard let run = evaluation.ground.run(of: probe, in: segment) else { continue }
        for record in run.records where !evaluation.excluded.contains(record) {
          records.append((pattern, record))
        }
      }
    } else {
      evaluation.support(compiled.rule.condition, in: segment) { records.append(($0, $1)) }
    }
    records.sort { ($0.record, $0.pattern) < ($1.record, $1.pattern) }
    var last = -1
    records.removeAll { entry in
      defer { last = entry.record }
      return entry.record == last
    }
    guard !records.isEmpty else { return }
    let document =
      self.document >= 0
      ? self.document
      : store.documents.firstIndex { document in
        store.runs[document.runs].contains { $0.segment == segment }
      } ?? 0
    hit.supports.append(.init(document: document, segment: segment, records: records))
  }

  private func lower(_ hit: inout RuleHit, _ evaluation: Evaluation) {
    guard !compiled.exceptions.isEmpty else { return }
    let near = compiled.exceptions.filter { use in !excepted(by: [use]).isEmpty }
    guard !near.isEmpty else { return }
    let names = near.map(\.id)
    let patterns = hit.supports.flatMap { $0.records.map(\.pattern) }
    let records = evaluation.ground.store.records
    if !hit.placeless.isEmpty {
      hit.refused = (names, .digest)
    } else if patterns.contains(where: { compiled.rule.patterns[$0].validator != nil }) {
      hit.refused = (names, .validated)
    } else if hit.supports.contains(where: { support in
      support.records.contains { records[$0.record].hasAddress }
    }) {
      hit.refused = (names, .address)
    } else {
      var without = evaluation
      without.excluded.formUnion(excepted(by: near))
      if without.holds(compiled.rule.condition) {
        hit.refused = (names, .elsewhere)
      } else if let lowered = hit.severity.lowered {
        hit.score = Self.lowered(hit.score, from: hit.severity, to: lowered)
        hit.severity = lowered
        hit.loweredBy = names
      } else {
        hit.refused = (names, .lowest)
      }
    }
  }

  private func excepted(by uses: [CompiledRule.ExceptionUse]) -> Set<Int> {
    covered(by: uses.flatMap(\.probes), reach: \.sentence) { own, exception in
      exception.end <= own.sentence.upperBound
    }
  }

  private func overlapped(by probe: Int) -> Set<Int> {
    let widest = evaluation.ground.runs(of: probe).reduce(0) { widest, run in
      evaluation.ground.store.records[run.records].reduce(widest) { max($0, $1.end - $1.start) }
    }
    let reach = { (own: MatchRecord) in own.start - widest..<own.end }
    return covered(by: [probe], reach: reach) { $0.overlaps($1) }
  }

  /// The points one step lower: by the difference of the steps, but a score that the rule set by
  /// itself does not fall below what the lower step gives.
  static func lowered(_ score: Int, from severity: Severity, to lowered: Severity) -> Int {
    max(min(score, lowered.score), score - (severity.score - lowered.score))
  }
}
