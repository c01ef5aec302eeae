/// The curve over thresholds as a drawing: recall, precision and false alarms by the score from which
/// a row would be flagged.
struct CurveSVG {
  var points: [ScoreCurve.Point]
  /// The threshold in force, drawn as a line.
  var annotate: Int
  var quarantine: Int
  var title: String

  private let width = 520.0
  private let height = 240.0
  private let left = 44.0
  private let top = 14.0
  private let bottom = 34.0

  var svg: String {
    var parts = [
      "<svg viewBox=\"0 0 \(Int(width)) \(Int(height))\" role=\"img\" aria-label=\"\(HTML.escape(title))\">"
    ]
    for tenth in stride(from: 0, through: 100, by: 25) {
      let y = self.y(Double(tenth) / 100)
      parts.append(
        "<line class=\"grid\" x1=\"\(left)\" x2=\"\(width - 8)\" y1=\"\(y)\" y2=\"\(y)\"/>"
          + "<text x=\"\(left - 6)\" y=\"\(y + 4)\" text-anchor=\"end\">\(tenth) %</text>")
    }
    for threshold in stride(from: 0, through: 100, by: 20) {
      parts.append(
        "<text x=\"\(x(threshold))\" y=\"\(height - bottom + 16)\" text-anchor=\"middle\">\(threshold)</text>"
      )
    }
    parts.append(
      "<text x=\"\(x(50))\" y=\"\(height - 4)\" text-anchor=\"middle\">score from which a row is flagged</text>"
    )
    for threshold in [annotate, quarantine] {
      parts.append(
        "<line class=\"now\" x1=\"\(x(threshold))\" x2=\"\(x(threshold))\" y1=\"\(top)\" y2=\"\(height - bottom)\"/>"
      )
    }
    parts.append(line("recall", points.map { ($0.threshold, $0.recall) }))
    parts.append(line("alarms", points.map { ($0.threshold, $0.falsePositives) }))
    parts.append(
      line(
        "precision", points.compactMap { point in point.precision.map { (point.threshold, $0) } }))
    return parts.joined(separator: "\n") + "\n</svg>"
  }

  /// Steps, since a score is whole.
  private func line(_ kind: String, _ values: [(threshold: Int, value: Double)]) -> String {
    var path = ""
    for (index, point) in values.enumerated() {
      path += index == 0 ? "M\(x(point.threshold - 1)) \(y(point.value))" : "V\(y(point.value))"
      path += "H\(x(point.threshold))"
    }
    return "<path class=\"\(kind)\" d=\"\(path)\"/>"
  }

  private func x(_ threshold: Int) -> Double {
    Self.rounded(left + (width - left - 8) * Double(threshold) / 100)
  }

  private func y(_ share: Double) -> Double {
    Self.rounded(top + (height - top - bottom) * (1 - share))
  }

  private static func rounded(_ value: Double) -> Double { (value * 10).rounded() / 10 }
}
