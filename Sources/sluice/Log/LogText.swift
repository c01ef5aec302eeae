import SluiceCore
import SluiceLog

/// One record as a person reads it.
enum LogText {
  static func lines(_ entry: LogEntry) -> [String] {
    entry.event.isDecision ? decision(entry) : [other(entry)]
  }

  /// `offer.eml   QUARANTINE   financial-fraud 90 ≥ 80`, the places, and what to do next.
  private static func decision(_ entry: LogEntry) -> [String] {
    let json = entry.json
    let name = self.name(json)
    let verdict = json["verdict"]?.text.flatMap(Verdict.init(rawValue:)) ?? .hold
    let reasons = (json["reasons"]?.elements ?? []).compactMap(\.text).map(Display.escape)
    var lines = ["\(name)   \(verdict.shown)   \(reasons.joined(separator: "; "))".trimmed]
    lines += places(json["findings"]?.elements ?? [])
    for gap in json["unexamined"]?.elements ?? [] {
      let detail = gap["detail"]?.text ?? ""
      lines.append("  not examined: \(gap["cause"]?.text ?? ""): \(Display.escape(detail))")
    }
    if verdict >= .hold, let item = entry.item {
      lines.append("  next: sluice quarantine show \(item)")
    } else if verdict == .annotate {
      lines.append("  next: sluice explain \(name)")
    }
    return lines
  }

  /// `  line 3    release-fee +70, contact-shift +20`.
  static func places(_ findings: [JSON]) -> [String] {
    VerdictText.lines(
      findings.map { finding in
        let rule = finding["rule"]?.text ?? ""
        return VerdictText.Entry(
          line: finding["places"]?.elements.first?["line"]?.integer, rule: rule,
          score: finding["score"]?.integer ?? 0, shadow: finding["mode"] == .string("shadow"),
          loweredBy: (finding["lowered_by"]?.elements ?? []).compactMap(\.text),
          disarmed: finding["disarmed"] == .bool(true))
      })
  }

  /// `12 2026-03-01T12:00:00Z rules.loaded generation=…`.
  private static func other(_ entry: LogEntry) -> String {
    let own = entry.json.members.filter { !["seq", "time", "event", "prev"].contains($0.key) }
    let values = own.map { member -> String in
      let value = member.value.text ?? member.value.line
      return "\(member.key)=\(Display.escape(value))"
    }
    let time = entry.time.map(\.description) ?? ""
    return (["#\(entry.seq)", time, entry.event.rawValue] + values).joined(separator: " ")
  }

  static func name(_ json: JSON) -> String {
    guard let bytes = DecisionRecord.bytes(json, key: "name") else {
      return json["item"]?.text ?? "(sealed)"
    }
    return Display.name(bytes)
  }
}

extension String {
  /// Without spaces at the end.
  fileprivate var trimmed: String {
    var text = self
    while text.last == " " { text.removeLast() }
    return text
  }
}
