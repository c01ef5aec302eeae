import SluiceCore

/// What rules find in text that holds no harm.
package struct BenignTally: Sendable {
  /// Lines in a passage, which is judged as one item.
  package let passage: Int
  package private(set) var files = 0
  package private(set) var lines = 0
  package private(set) var bytes = 0
  package private(set) var passages = 0
  /// Findings that act: each rule once a passage.
  package private(set) var findings = 0
  package private(set) var flagged = 0
  package private(set) var quarantined = 0
  package private(set) var gaps = 0
  /// By rule: passages in which it acts, in which it alone is to blame, and in which it is only found.
  package private(set) var rules: [String: RuleTally] = [:]
  package private(set) var samples: Sampler
  /// Passages that are flagged in a disguise and not without it.
  package private(set) var newAlarms: [Disguise: Int]
  package let disguises: [Disguise]

  package init(passage: Int, samples: Int, seed: UInt64, disguises: [Disguise]) {
    self.passage = passage
    self.disguises = disguises
    self.samples = Sampler(count: samples, seed: seed)
    newAlarms = Dictionary(uniqueKeysWithValues: disguises.map { ($0, 0) })
  }

  package mutating func beginFile() { files += 1 }

  /// - Parameters:
  ///   - lines: of the passage.
  ///   - line: its first, from 1.
  package mutating func add(
    _ text: [UInt8], lines: Int, _ verdict: RowVerdict, disguised: [Bool], file: String, line: Int
  ) {
    passages += 1
    self.lines += lines
    bytes += text.count
    findings += verdict.found.count { $0.acts }
    if verdict.isHit { flagged += 1 }
    if verdict.isQuarantined { quarantined += 1 }
    if verdict.hasGap { gaps += 1 }
    for found in verdict.found { rules[found.rule, default: RuleTally()].add(found, isHarm: false) }
    for (disguise, isHit) in zip(disguises, disguised) where isHit && !verdict.isHit {
      newAlarms[disguise, default: 0] += 1
    }
    if verdict.isHit {
      let row = DatasetRow(text: String(decoding: text, as: UTF8.self), source: file)
      samples.offer(row, verdict, file: file, line: line)
    }
  }

  /// So many a million lines.
  package func perMillion(_ count: Int) -> Double {
    lines == 0 ? 0 : (Double(count) * 1e7 / Double(lines)).rounded() / 10
  }

  package func json(shown: (String) -> String) -> JSON {
    .object([
      .init("files", .int(files)), .init("lines", .int(lines)), .init("bytes", .int(bytes)),
      .init("lines_per_passage", .int(passage)), .init("passages", .int(passages)),
      .init("findings", .int(findings)),
      .init("findings_per_million_lines", .double(perMillion(findings))),
      .init("flagged", .int(flagged)),
      .init("flagged_per_million_lines", .double(perMillion(flagged))),
      .init("quarantined", .int(quarantined)),
      .init("quarantined_per_million_lines", .double(perMillion(quarantined))),
      .init("gaps", .int(gaps)),
      .init(
        "rules",
        .array(
          rules.sorted { ($1.value.falseActs, $0.key) < ($0.value.falseActs, $1.key) }
            .map { rule, tally in
              .object([
                .init("rule", .string(rule)),
                .init("mode", .string(tally.isShadow ? "shadow" : "enforce")),
                .init("found", .int(tally.negatives)), .init("acts", .int(tally.falseActs)),
                .init("alone", .int(tally.falseAlone)),
              ])
            })),
      .init("samples", .array(samples.samples.map { Sampler.json($0, shown: shown) })),
      .init(
        "disguises",
        .array(
          disguises.map {
            .object([
              .init("name", .string($0.rawValue)), .init("new_alarms", .int(newAlarms[$0] ?? 0)),
            ])
          })),
    ])
  }
}

extension DatasetRow {
  /// A passage of text that holds no harm.
  init(text: String, source: String) {
    self.init(
      text: text, isHarm: false, category: "benign", lang: "", source: source, groups: [])
  }

  package init(
    text: String, isHarm: Bool, category: String, lang: String, source: String, groups: [String]
  ) {
    self.text = text
    self.isHarm = isHarm
    self.category = category
    self.lang = lang
    self.source = source
    self.groups = groups
  }
}
