import SluiceCore
import SluiceRules

/// The texts that every pack carries, run through the same examiner as dropped files. Site overrides
/// are left aside: packs are tested as they are written.
package enum EmbeddedTests {
  /// Diagnostics at the texts that fail: which text, and which part of the condition.
  package static func run(_ matcher: Matcher) -> [Diagnostic] {
    let bench = TestBench(matcher)
    var diagnostics: [Diagnostic] = []
    for (index, compiled) in matcher.rules.enumerated() {
      for text in compiled.rule.match { matches(text, index, bench, &diagnostics) }
      for text in compiled.rule.pass { passes(text, index, bench, &diagnostics) }
    }
    for pack in matcher.ruleSet.packs {
      for text in pack.protected { isProtected(text, pack.id, bench, &diagnostics) }
    }
    return diagnostics
  }

  private static func matches(
    _ text: TracedText, _ index: Int, _ bench: TestBench, _ diagnostics: inout [Diagnostic]
  ) {
    let rule = bench.matcher.rules[index].rule
    bench.judge(text.text, for: rule)
    guard bench.hit(index) != nil else {
      diagnostics.append(
        text.whole.diagnostic(
          code: "test-match", "the rule \(rule.id) does not match this text",
          hint: bench.failures(index).joined(separator: "; ")))
      return
    }
    guard rule.severity >= .high, rule.mode == .enforce else { return }
    for pasted in bench.pasted(text.text, index) {
      let verdict = bench.judge(pasted.text, for: rule)
      guard verdict < .annotate || bench.hit(index) == nil else { continue }
      diagnostics.append(
        text.whole.diagnostic(
          code: "test-exception",
          "the rule \(rule.id) no longer acts on this text when an exception is pasted to it",
          hint: "the pasted text is: \(pasted.exception)"))
    }
  }

  private static func passes(
    _ text: TracedText, _ index: Int, _ bench: TestBench, _ diagnostics: inout [Diagnostic]
  ) {
    let rule = bench.matcher.rules[index].rule
    bench.judge(text.text, for: rule)
    guard let hit = bench.hit(index) else { return }
    diagnostics.append(
      text.whole.diagnostic(
        code: "test-pass", "the rule \(rule.id) matches this text",
        hint: bench.evidence(hit).joined(separator: "; ")))
  }

  private static func isProtected(
    _ text: TracedText, _ pack: String, _ bench: TestBench, _ diagnostics: inout [Diagnostic]
  ) {
    let verdict = bench.judge(text.text, for: nil)
    guard verdict > .pass else { return }
    let acting = bench.hits.filter { !$0.shadow }
    let rules = acting.map { "\(bench.matcher.rules[$0.rule].rule.id) +\($0.score)" }
    diagnostics.append(
      text.whole.diagnostic(
        code: "test-protected",
        "a protected text of \(pack) would be acted on (\(verdict.rawValue)): "
          + rules.joined(separator: ", "),
        hint: acting.flatMap { bench.evidence($0) }.joined(separator: "; ")))
  }
}

extension TracedText {
  /// The place to point at for the text as a whole.
  fileprivate var whole: SourceSpan { span(at: 0, length: max(1, min(60, firstLineLength))) }

  private var firstLineLength: Int {
    text.unicodeScalars.prefix { $0 != "\n" }.count
  }
}
