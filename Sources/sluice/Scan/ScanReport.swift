import SluiceCore
import SluiceRules

/// A decision on a file, as JSON and as lines.
enum ScanReport {
  static func path(_ file: ScannedFile) -> JSON { .string(Display.name(file.path)) }

  /// One object: path, verdict, scores, findings (one a place), unexamined.
  static func json(_ file: ScannedFile, _ decision: Decision) -> JSON {
    .object([
      .init("path", path(file)),
      .init("verdict", .string(decision.verdict.rawValue)),
      .init(
        "scores",
        .object(decision.scores.sorted { $0.key < $1.key }.map { .init($0.key, .int($0.value)) })),
      .init("findings", .array(decision.findings.flatMap(findings))),
      .init(
        "unexamined",
        .array(
          decision.unexamined.map {
            .object([
              .init("segment", .string($0.segment)), .init("cause", .string($0.cause.rawValue)),
              .init("detail", .string($0.detail)),
            ])
          })),
    ])
  }

  private static func findings(_ finding: Finding) -> [JSON] {
    var head: [JSON.Member] = [.init("rule", .string(finding.rule))]
    if finding.mode == .shadow { head.append(.init("mode", .string("shadow"))) }
    guard !finding.places.isEmpty else { return [.object(head)] }
    return finding.places.map { place in
      var members = head
      members.append(.init("segment", .string(place.segment)))
      members.append(.init("view", .string(place.view.rawValue)))
      for (key, value) in [
        ("line", place.line), ("column", place.column), ("offset", place.offset),
        ("length", place.length),
      ] {
        if let value { members.append(.init(key, .int(value))) }
      }
      return .object(members)
    }
  }

  /// The name and verdict, then the places that stand behind it.
  static func lines(_ file: ScannedFile, _ decision: Decision, policy: Policy) -> [String] {
    [
      "\(Display.name(file.path))   \(decision.verdict.shown)   "
        + decision.reasons.map(Display.escape).joined(separator: "; ")
    ] + VerdictText.lines(decision.findings)
      + decision.unexamined.map {
        "  not examined: \(Display.escape($0.segment)): \($0.cause.rawValue): \(Display.escape($0.detail))"
      }
  }

  /// Rules that hit before or after only, with a sign.
  static func change(from old: Decision, to new: Decision) -> [String] {
    let before = Set(old.findings.map(\.rule))
    let after = Set(new.findings.map(\.rule))
    return before.subtracting(after).sorted().map { "- \($0)" }
      + after.subtracting(before).sorted().map { "+ \($0)" }
  }
}
