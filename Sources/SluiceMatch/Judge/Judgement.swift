import SluiceCore
import SluiceRules

/// A verdict and what it was made of. Takes only acting findings: shadow ones cannot get here.
struct Judgement {
  struct Harm {
    var harm: String
    var window: ScoreWindow
    /// Indices of the item's acting findings, in the window's numbering.
    var findings: [Int]
    var cap: Verdict?
    var verdict: Verdict
  }

  private(set) var verdict = Verdict.pass
  private(set) var harms: [Harm] = []
  private(set) var reasons: [String] = []

  var scores: [String: Int] {
    harms.reduce(into: [:]) { if $1.window.score > 0 { $0[$1.harm] = $1.window.score } }
  }

  /// - Parameter caps: the packs' own, by harm.
  init(
    _ findings: [ActingFinding], without rules: Set<String>, policy: Policy,
    caps: [String: Verdict], unexamined: [Unexamined]
  ) {
    let counted = findings.indices.filter { !rules.contains(findings[$0].finding.rule) }
    judge(findings, counted, policy, caps)
    let armed = counted.filter { !findings[$0].finding.disarmed }
    if verdict == .quarantine, armed.count < counted.count {
      var without = self
      without.judge(findings, armed, policy, caps)
      if without.verdict < .quarantine {
        verdict = .hold
        reasons.append("held, not quarantined: without rules that are disarmed it would not be")
      }
    }
    for gap in unexamined {
      let meant = policy.verdict(for: gap.cause)
      if meant > .pass { reasons.append("not examined: \(gap.cause.rawValue) (\(gap.segment))") }
      verdict = max(verdict, meant)
    }
  }

  private mutating func judge(
    _ findings: [ActingFinding], _ counted: [Int], _ policy: Policy, _ caps: [String: Verdict]
  ) {
    verdict = .pass
    harms = []
    reasons = []
    let byHarm = Dictionary(grouping: counted) { findings[$0].finding.harm }
    for (harm, indices) in byHarm.sorted(by: { $0.key < $1.key }) {
      let cap = [caps[harm], policy.caps[harm]].compactMap { $0 }.min()
      let window = ScoreWindow.highest(of: indices.map { findings[$0] })
      var reached = Verdict.pass
      if window.score >= policy.quarantine {
        reached = .quarantine
      } else if window.score >= policy.annotate {
        reached = .annotate
      }
      let threshold = reached == .quarantine ? policy.quarantine : policy.annotate
      if reached > .pass {
        let capped = cap.map { $0 < reached } ?? false
        reasons.append(
          "\(harm) \(window.score) ≥ \(threshold)"
            + (capped ? ", capped at \(cap?.rawValue ?? "")" : ""))
      }
      for index in indices {
        guard let forced = findings[index].finding.forced, forced > reached else { continue }
        reached = forced
        reasons.append("\(findings[index].finding.rule) forces \(forced.rawValue)")
      }
      reached = min(reached, cap ?? reached)
      harms.append(
        Harm(harm: harm, window: window, findings: indices, cap: cap, verdict: reached))
      verdict = max(verdict, reached)
    }
  }
}
