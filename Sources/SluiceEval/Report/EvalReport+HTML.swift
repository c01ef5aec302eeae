import SluiceCore

extension EvalReport {
  /// A page that stands alone: no scripts, nothing loaded.
  package func html(annotate: Int, quarantine: Int) -> String {
    var parts = [
      "<!doctype html>\n<html lang=\"en\"><meta charset=\"utf-8\">",
      "<meta name=\"viewport\" content=\"width=device-width\"><title>Sluice: evaluation</title>",
      "<style>\n\(HTML.style)\n</style>\n<h1>Evaluation</h1>",
      "<p>\(HTML.escape(summary))</p>",
    ]
    if evaluation.headline.rows > 0 {
      parts.append("<h2>Sources and harms</h2>")
      parts.append(HTML.table(["source"] + Self.columns, sourceRows))
      parts.append("<h2>Over thresholds</h2>")
      parts.append(
        "<p class=\"key\"><span>green: recall</span><span>blue, dashed: precision</span>"
          + "<span>red, dotted: false alarms</span><span>grey: thresholds in force</span></p>")
      parts.append(curve("all rows", evaluation.headline, annotate, quarantine))
      for source in sources where source.tally.total.rows >= EvalRules.leastRows {
        parts.append(curve(source.name, source.tally.total, annotate, quarantine))
      }
      for dimension in [Dimension.harm, .lang, .group] {
        let slices = slices(dimension)
        guard !slices.isEmpty else { continue }
        parts.append("<h2>By \(dimension.rawValue)</h2>")
        parts.append(
          HTML.table(
            [dimension.rawValue] + Self.columns, slices.map { Self.cells($0.name, $0.tally) }))
      }
      parts.append("<h2>Rules</h2>")
      parts.append(HTML.table(Self.ruleColumns, rulesByUse.map(ruleRow)))
      parts.append(disguiseTable)
      for source in sources { parts.append(samples(source)) }
    }
    if let benign { parts.append(self.benign(benign)) }
    return parts.joined(separator: "\n") + "\n</html>\n"
  }

  private static let columns = [
    "harmful", "recall", "right harm", "quarantined", "harmless", "false alarms", "precision", "F1",
  ]
  private static let ruleColumns = [
    "rule", "found in harmful", "in harmless", "acts in harmful", "in harmless",
    "alone in harmful", "in harmless",
  ]

  private var summary: String {
    "\(evaluation.headline.rows) rows, \(evaluation.duplicates.rows) near-duplicates apart; "
      + "\(packs) packs with \(rules) rules, generation \(generation.prefix(12)); profiles: "
      + (profiles.isEmpty ? "none" : profiles.joined(separator: ", "))
      + ". Intervals are Wilson's at 95 %; under \(EvalRules.leastRows) rows counts stand for rates."
  }

  private var sourceRows: [[String]] {
    var rows: [[String]] = []
    for source in sources {
      rows.append(Self.cells(source.name, source.tally.total))
      for harm in source.tally.byHarm.sorted(by: { $0.key < $1.key }) {
        rows.append(Self.cells("\u{2003}" + harm.key, harm.value))
      }
    }
    rows.append(Self.cells("all", evaluation.headline))
    rows.append(Self.cells("near-duplicates", evaluation.duplicates))
    return rows
  }

  private func curve(_ name: String, _ tally: Tally, _ annotate: Int, _ quarantine: Int) -> String {
    "<h3>\(HTML.escape(name))</h3>\n"
      + CurveSVG(
        points: tally.curve.points, annotate: annotate, quarantine: quarantine,
        title: "\(name): recall, precision and false alarms over thresholds"
      ).svg
  }

  private func ruleRow(_ entry: (rule: String, tally: RuleTally)) -> [String] {
    let tally = entry.tally
    return [entry.rule + (tally.isShadow ? " (shadow)" : "")]
      + [
        tally.positives, tally.negatives, tally.trueActs, tally.falseActs, tally.trueAlone,
        tally.falseAlone,
      ].map(String.init)
  }

  private var disguiseTable: String {
    guard !evaluation.disguises.isEmpty else { return "" }
    return "<h2>In disguise</h2>\n"
      + HTML.table(
        ["disguise", "hits kept", "recall", "false alarms", "of these new"],
        evaluation.disguises.map {
          [
            $0.disguise.rawValue, $0.kept.shown, $0.recall.shown, $0.falsePositives.shown,
            "\($0.newAlarms)",
          ]
        })
  }

  private func samples(_ source: (name: String, tally: SourceTally)) -> String {
    var parts: [String] = []
    for (title, samples) in [
      ("misses", source.tally.misses.samples), ("false alarms", source.tally.falseAlarms.samples),
    ] where !samples.isEmpty {
      parts.append("<h3>\(HTML.escape(source.name)): \(title), sampled</h3>\n" + list(samples))
    }
    return parts.joined(separator: "\n")
  }

  private func list(_ samples: [Sampler.Sample]) -> String {
    HTML.table(
      ["place", "category", "text", "rules"],
      samples.map {
        ["\($0.file):\($0.line)", $0.category, shown($0.text), $0.rules.joined(separator: ", ")]
      })
  }

  private func benign(_ benign: BenignTally) -> String {
    let rows = benign.rules.sorted { ($1.value.falseActs, $0.key) < ($0.value.falseActs, $1.key) }
      .map { [$0.key, "\($0.value.negatives)", "\($0.value.falseActs)", "\($0.value.falseAlone)"] }
    return
      "<h2>Harmless text</h2>\n<p>\(benign.lines) lines of \(benign.files) files in passages of "
      + "\(benign.passage) lines. A million lines: \(benign.perMillion(benign.findings)) findings "
      + "that act, \(benign.perMillion(benign.flagged)) passages flagged, "
      + "\(benign.perMillion(benign.quarantined)) quarantined.</p>\n"
      + HTML.table(["rule", "found", "acts", "alone"], rows) + list(benign.samples.samples)
  }
}
