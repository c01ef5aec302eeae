import SluiceCore

/// A kept item, as its JSON has it, for a person. Nothing of its text is shown.
enum KeptText {
  /// Places of one rule that are listed; `--json` has them all.
  private static let shownPlaces = 4

  /// One line: id, verdict, harms with their scores, source and name, when it came.
  static func line(_ item: JSON) -> String {
    let verdict = item["verdict"]?.text.flatMap(Verdict.init(rawValue:))
    return [
      item["item"]?.text ?? "", verdict?.shown ?? "", harms(item), place(item),
      String((item["entered"]?.text ?? "").prefix(19)), marks(item),
    ].filter { !$0.isEmpty }.joined(separator: "  ")
  }

  /// Why it is kept, harm first.
  static func lines(_ item: JSON) -> [String] {
    var lines = [harms(item) + "   " + (item["verdict"]?.text ?? "").uppercased()]
    lines += [
      "  item     \(item["item"]?.text ?? "")",
      "  name     \(place(item))",
      "  size     \(item["size"]?.integer ?? 0)",
      "  sha256   \(item["sha256"]?.text ?? "")",
      "  entered  \(item["entered"]?.text ?? "")",
      "  record   \(item["record"]?.integer ?? 0)",
    ]
    for reason in item["reasons"]?.elements ?? [] { lines.append("  because  \(shown(reason))") }
    for finding in item["findings"]?.elements ?? [] {
      lines.append(
        "  rule     \(shown(finding["rule"])) +\(finding["score"]?.integer ?? 0)"
          + (finding["mode"] == .string("shadow") ? " (shadow)" : "")
          + (finding["disarmed"] == .bool(true) ? " (disarmed)" : ""))
      let places = finding["places"]?.elements ?? []
      for place in places.prefix(shownPlaces) {
        let line = place["line"]?.integer.map { "line \($0)" } ?? "whole"
        lines.append("           \(line)  \(shown(place["segment"]))  \(shown(place["excerpt"]))")
      }
      if places.count > shownPlaces {
        lines.append("           and \(places.count - shownPlaces) more")
      }
    }
    for gap in item["unexamined"]?.elements ?? [] {
      lines.append("  not examined  \(shown(gap["cause"])): \(shown(gap["detail"]))")
    }
    let marks = marks(item)
    if !marks.isEmpty { lines.append("  review   \(marks)") }
    return lines
  }

  static func harms(_ item: JSON) -> String {
    let scores = (item["scores"]?.members ?? []).sorted {
      ($1.value.integer ?? 0, $0.key) < ($0.value.integer ?? 0, $1.key)
    }
    if scores.isEmpty { return shown(item["unexamined"]?.elements.first?["cause"]) }
    return scores.map { "\(Display.escape($0.key)) \($0.value.integer ?? 0)" }.joined(
      separator: ", ")
  }

  static func place(_ item: JSON) -> String {
    let name = item["name"]?.text.map(Display.escape) ?? shown(item["name_b64"])
    return "\(shown(item["source"])): \(name)"
  }

  private static func marks(_ item: JSON) -> String {
    var marks: [String] = []
    if item["sealed"] == .bool(true) { marks.append("sealed") }
    let review = item["review"] ?? .null
    if review["confirmed"] != nil { marks.append("confirmed") }
    if review["evidence"] != nil { marks.append("evidence") }
    if review["requests"] != nil { marks.append("waits for a second person") }
    return marks.joined(separator: ", ")
  }

  static func shown(_ value: JSON?) -> String { Display.escape(value?.text ?? "") }
}
