import SluiceCore

/// Findings as a person reads them: by line of the text, each rule with its points.
enum VerdictText {
  struct Entry {
    /// Of the first place; nil without one.
    var line: Int?
    /// The way to it through containers, without the file's own name; nil in the file itself.
    var within: String?
    var rule: String
    var score: Int
    var shadow: Bool
    var loweredBy: [String]
    var disarmed: Bool
  }

  /// `  line 3    release-fee +70, contact-shift +20`, one a line of text that holds findings.
  static func lines(_ entries: [Entry]) -> [String] {
    var byPlace: [(place: String, rules: [String])] = []
    for entry in entries {
      let place =
        (entry.line.map { "line \($0)" } ?? "whole")
        + (entry.within.map { " of " + Display.escape($0) } ?? "")
      if let index = byPlace.firstIndex(where: { $0.place == place }) {
        byPlace[index].rules.append(text(entry))
      } else {
        byPlace.append((place, [text(entry)]))
      }
    }
    let width = max(8, byPlace.map(\.place.count).max() ?? 0)
    return byPlace.map { "  \($0.place.padded(to: width + 2))\($0.rules.joined(separator: ", "))" }
  }

  static func lines(_ findings: [Finding]) -> [String] {
    lines(
      findings.map {
        Entry(
          line: $0.places.first?.line, within: $0.places.first.flatMap { within($0.segment) },
          rule: $0.rule, score: $0.score,
          shadow: $0.mode == .shadow, loweredBy: $0.loweredBy, disarmed: $0.disarmed)
      })
  }

  static func within(_ segment: String) -> String? {
    segment.firstRange(of: " > ").map { String(segment[$0.upperBound...]) }
  }

  private static func text(_ entry: Entry) -> String {
    let name = entry.rule.split(separator: ".").last.map(String.init) ?? entry.rule
    var text = entry.shadow ? "\(name) (shadow)" : "\(name) +\(entry.score)"
    if !entry.loweredBy.isEmpty { text += " (lowered: \(entry.loweredBy.joined(separator: ", ")))" }
    if entry.disarmed { text += " (disarmed)" }
    return Display.escape(text)
  }
}
