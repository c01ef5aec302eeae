import SluiceCore

extension EvalReport {
  /// For a terminal: what counts, by `dimension` where one is asked for.
  package func lines(by dimension: Dimension?) -> [String] {
    var lines: [String] = []
    if evaluation.headline.rows > 0 || benign == nil {
      lines += ["\(subject); \(evaluation.duplicates.rows) near-duplicates apart"]
      lines += table(dimension)
      if dimension != .rule { lines += ruleLines }
      lines += sampleLines
    } else {
      lines.append(subject)
    }
    lines += disguiseLines
    lines += benignLines
    return lines
  }

  private var subject: String {
    let profile = profiles.isEmpty ? "" : ", profiles \(profiles.joined(separator: ", "))"
    return "\(evaluation.headline.rows) rows, \(packs) packs, \(rules) rules\(profile)"
  }

  private static let head = [
    "", "harmful", "recall", "right harm", "quarantined", "harmless", "false alarms", "precision",
    "F1",
  ]

  private func table(_ dimension: Dimension?) -> [String] {
    if dimension == .rule { return allRuleLines }
    var table = TextTable(Self.head)
    if let dimension {
      for slice in slices(dimension) { table.add(Self.cells(slice.name, slice.tally)) }
    } else {
      for source in sources {
        table.add(Self.cells(source.name, source.tally.total))
        let harms = source.tally.byHarm.sorted { $0.key < $1.key }
        guard harms.count > 1 else { continue }
        for harm in harms { table.add(Self.cells("  " + harm.key, harm.value)) }
      }
    }
    table.add(Self.cells("all", evaluation.headline))
    if evaluation.duplicates.rows > 0 {
      table.add(Self.cells("near-duplicates", evaluation.duplicates))
    }
    return [""] + table.lines
  }

  static func cells(_ name: String, _ tally: Tally) -> [String] {
    [
      Display.escape(name.isEmpty ? "(none)" : name), "\(tally.positives)", tally.recall.shown,
      tally.right.shown, tally.quarantineShare.shown, "\(tally.negatives)",
      tally.falsePositives.shown
        + (tally.quarantinedAlarms > 0 ? ", \(tally.quarantinedAlarms) quarantined" : ""),
      tally.positives == 0 || tally.negatives == 0 ? "–" : tally.precision.shown,
      tally.f1.map { Share.percent($0) } ?? "–",
    ]
  }

  private var ruleLines: [String] {
    let carried = rulesByUse.filter { $0.tally.trueActs > 0 }.prefix(10)
    let hurt = rulesByHarm.filter { $0.tally.falseActs > 0 }.prefix(10)
    var lines: [String] = []
    if !carried.isEmpty { lines += ["", "rules that carried"] + Self.ruleTable(Array(carried)) }
    if !hurt.isEmpty { lines += ["", "rules that hurt"] + Self.ruleTable(Array(hurt)) }
    return lines
  }

  private var allRuleLines: [String] {
    let table = Self.ruleTable(rulesByUse)
    return evaluation.rules.isEmpty ? ["", "no rule was found in any row"] : [""] + table
  }

  private static func ruleTable(_ rules: [(rule: String, tally: RuleTally)]) -> [String] {
    var table = TextTable([
      "", "found in harmful", "harmless", "acts in harmful", "harmless", "alone in harmful",
      "harmless",
    ])
    for (rule, tally) in rules {
      table.add(
        [Display.escape(rule) + (tally.isShadow ? " (shadow)" : "")]
          + [
            tally.positives, tally.negatives, tally.trueActs, tally.falseActs, tally.trueAlone,
            tally.falseAlone,
          ].map(String.init))
    }
    return table.lines
  }

  private var sampleLines: [String] {
    let misses = Sampler.merged(sources.map(\.tally.misses))
    let alarms = Sampler.merged(sources.map(\.tally.falseAlarms))
    var lines: [String] = []
    for (title, samples) in [("misses", misses), ("false alarms", alarms)] where !samples.isEmpty {
      lines += ["", "\(title), sampled"] + samples.map(line)
    }
    return lines
  }

  private func line(_ sample: Sampler.Sample) -> String {
    let rules = sample.rules.isEmpty ? "" : "  [\(sample.rules.joined(separator: ", "))]"
    return Display.escape(
      "  \(sample.file):\(sample.line)  \(sample.category)  \(shown(sample.text))\(rules)")
  }

  private var disguiseLines: [String] {
    guard !evaluation.disguises.isEmpty, evaluation.headline.rows > 0 else { return [] }
    var table = TextTable(["disguise", "hits kept", "recall", "false alarms", "of these new"])
    for tally in evaluation.disguises {
      table.add([
        tally.disguise.rawValue, tally.kept.shown, tally.recall.shown, tally.falsePositives.shown,
        "\(tally.newAlarms)",
      ])
    }
    return [""] + table.lines
  }

  private var benignLines: [String] {
    guard let benign else { return [] }
    var lines = [
      "",
      "harmless text: \(benign.lines) lines of \(benign.files) files, judged in passages of "
        + "\(benign.passage)",
      "  a million lines: \(benign.perMillion(benign.findings)) findings that act, "
        + "\(benign.perMillion(benign.flagged)) passages flagged, "
        + "\(benign.perMillion(benign.quarantined)) quarantined",
      "  in all: \(benign.findings) findings, \(benign.flagged) flagged, "
        + "\(benign.quarantined) quarantined"
        + (benign.gaps > 0 ? ", \(benign.gaps) not fully examined" : ""),
    ]
    let acting = benign.rules.filter { $0.value.falseActs > 0 }
      .sorted { ($1.value.falseActs, $0.key) < ($0.value.falseActs, $1.key) }
    for (rule, tally) in acting { lines.append("  \(tally.falseActs)  \(Display.escape(rule))") }
    lines += benign.samples.samples.map(line)
    for disguise in benign.disguises {
      lines.append("  \(benign.newAlarms[disguise] ?? 0) newly flagged as \(disguise.rawValue)")
    }
    return lines
  }
}
