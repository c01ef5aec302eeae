import SluiceCore

/// Findings as a person reads them: by line, each rule with its points.
enum VerdictText {
  /// `  line 3    release-fee +70, contact-shift +20`, one a line of text that holds findings.
  static func places(_ findings: [Finding]) -> [String] {
    var byPlace: [(key: String, rules: [String])] = []
    for finding in findings {
      let key = place(finding.places.first)
      let text = rule(finding)
      if let index = byPlace.firstIndex(where: { $0.key == key }) {
        byPlace[index].rules.append(text)
      } else {
        byPlace.append((key, [text]))
      }
    }
    let width = max(8, byPlace.map(\.key.count).max() ?? 0)
    return byPlace.map { entry in
      let space = String(repeating: " ", count: width - entry.key.count + 2)
      return "  \(entry.key)\(space)\(entry.rules.joined(separator: ", "))"
    }
  }

  private static func place(_ place: Place?) -> String {
    guard let place, let line = place.line else { return "whole" }
    return "line \(line)"
  }

  private static func rule(_ finding: Finding) -> String {
    let name = finding.rule.split(separator: ".").last.map(String.init) ?? finding.rule
    var text = finding.mode == .shadow ? "\(name) (shadow)" : "\(name) +\(finding.score)"
    if !finding.loweredBy.isEmpty { text += " (lowered: \(finding.loweredBy.joined(separator: ", ")))" }
    if finding.disarmed { text += " (disarmed)" }
    return Display.escape(text)
  }
}
