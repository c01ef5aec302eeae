import ArgumentParser
import SluiceCore
import SluiceRules

/// Counts of one scan, and the exit status they come to.
struct ScanTotals {
  var done = 0
  var passed = 0
  var annotated = 0
  var quarantined = 0
  var held = 0
  var found = 0
  var partly = 0
  var failed = 0
  var changed = 0

  mutating func count(_ decision: Decision, policy: Policy) {
    switch decision.verdict {
    case .pass: passed += 1
    case .annotate: annotated += 1
    case .quarantine: quarantined += 1
    case .hold: held += 1
    }
    if Self.isFound(decision, policy: policy) { found += 1 }
    if !decision.unexamined.isEmpty { partly += 1 }
  }

  /// Whether the rules, and not only a gap in the examination, call for annotate or more.
  static func isFound(_ decision: Decision, policy: Policy) -> Bool {
    decision.scores.values.contains { $0 >= policy.annotate }
      || decision.findings.contains { $0.mode == .enforce && ($0.forced ?? .pass) >= .annotate }
  }

  /// 2 outranks 1, which outranks 3.
  func exit() throws {
    if failed > 0 { throw ExitCode.impossible }
    if found > 0 { throw ExitCode.found }
    if partly > 0 { throw ExitCode.partly }
  }
}
