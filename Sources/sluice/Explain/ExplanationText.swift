import SluiceCore
import SluiceLog
import SluiceMatch
import SluiceRules

/// Why one file was judged so, for a person and as JSON.
struct ExplanationText {
  var file: ScannedFile
  var decision: Decision
  var explanation: Explanation
  var rules: RuleSet
  var policy: Policy
  var reveal: Bool

  var lines: [String] {
    var lines = [
      "\(Display.name(file.path))   \(decision.verdict.shown)   "
        + decision.reasons.map(Display.escape).joined(separator: "; "),
      "  policy \(policy.name): annotate from \(policy.annotate), quarantine from \(policy.quarantine)",
      "  examined: \(decision.examined.rawValue), \(decision.examinedBytes) bytes in "
        + "\(decision.segments) segment(s), as \(decision.decoders.joined(separator: ", "))",
    ]
    for gap in decision.unexamined {
      lines.append(
        "  not examined: \(Display.escape(gap.segment)): \(gap.cause.rawValue): \(Display.escape(gap.detail))"
      )
    }
    lines += decision.findings.flatMap(self.lines(of:))
    lines += explanation.windows.flatMap(self.lines(of:))
    lines += explanation.lowerings.map(self.line(of:))
    lines += explanation.ignored.map {
      "  does not count: \(Display.escape($0.rule)): \(Display.escape($0.reason))"
    }
    for miss in explanation.nearMisses {
      lines.append(
        "  near miss: \(Display.escape(miss.rule)): matched \(miss.matched.joined(separator: ", ")); "
          + "failed \(Display.escape(miss.failed.joined(separator: "; ")))")
    }
    return lines
  }

  private func lines(of finding: Finding) -> [String] {
    let rule = rules.rules.first { $0.id == finding.rule }
    var lines = [
      "  \(Display.escape(finding.rule)) (\(finding.pack) \(finding.packVersion)): "
        + "\(finding.severity.rawValue) +\(finding.score)"
        + (finding.mode == .shadow ? ", shadow: never acted on" : "")
    ]
    if let rule { lines.append("    why: \(Display.escape(rule.why))") }
    for place in finding.places {
      let at = place.line.map { ", line \($0), column \(place.column ?? 1)" } ?? ""
      let byte = place.offset.map { ", byte \($0)" } ?? ""
      lines.append(
        "    \(place.pattern) in \(Display.escape(place.segment))\(at)\(byte), view \(place.view.rawValue): "
          + shown(place, sealed: finding.sealed))
    }
    return lines
  }

  private func shown(_ place: Place, sealed: Bool) -> String {
    if sealed { return "sealed" }
    return reveal
      ? "“\(Display.escape(place.excerpt))”" : (Masking.masked.apply(place.excerpt) ?? "")
  }

  private func lines(of window: Explanation.Window) -> [String] {
    let parts = window.parts.map { part -> String in
      let name = part.rule.split(separator: ".").last.map(String.init) ?? part.rule
      return part.counts
        ? "\(name) \(part.points)" : "\(name) (\(part.points), its group counts once)"
    }
    let place =
      window.lines.map { " in lines \($0.lowerBound)–\($0.upperBound)" } ?? ""
    var line =
      "  \(window.harm)\(place): \(parts.joined(separator: " + ")) = \(window.sum)"
      + (window.sum > 100 ? ", bounded at 100" : "")
      + "; annotate from \(window.annotate), quarantine from \(window.quarantine)"
    if let cap = window.cap { line += "; never more than \(cap.rawValue)" }
    return [Display.escape(line)]
  }

  private func line(of lowering: Explanation.Lowering) -> String {
    let head = "  exception \(lowering.exceptions.joined(separator: ", ")) near \(lowering.rule): "
    guard let refusal = lowering.refusal else {
      return Display.escape(head + "\(lowering.from.rawValue) counts as \(lowering.to.rawValue)")
    }
    let why =
      switch refusal {
      case .validated: "the finding stands on a checked value"
      case .digest: "the finding stands on a digest"
      case .address: "a payment or contact address stands in the same sentence"
      case .elsewhere: "the finding also stands where the exception does not"
      case .lowest: "the finding is of the lowest severity"
      }
    return Display.escape(head + "does not lower, since " + why)
  }

  var json: JSON {
    guard case .object(var members) = ScanReport.json(file, decision) else { return .null }
    members.append(.init("policy", .string(policy.name)))
    members.append(.init("reasons", .array(decision.reasons.map { .string($0) })))
    members.append(
      .init(
        "windows",
        .array(
          explanation.windows.map { window in
            .object([
              .init("harm", .string(window.harm)), .init("score", .int(window.score)),
              .init("sum", .int(window.sum)),
              .init(
                "parts",
                .array(
                  window.parts.map {
                    .object([
                      .init("rule", .string($0.rule)), .init("points", .int($0.points)),
                      .init("counts", .bool($0.counts)),
                    ])
                  })),
            ])
          })))
    members.append(
      .init(
        "near_misses",
        .array(
          explanation.nearMisses.map {
            .object([
              .init("rule", .string($0.rule)),
              .init("matched", .array($0.matched.map { .string($0) })),
              .init("failed", .array($0.failed.map { .string($0) })),
            ])
          })))
    return .object(members)
  }
}
