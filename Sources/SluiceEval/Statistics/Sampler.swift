import SluiceCore

/// A fixed number of rows, each as likely as any other, the same for the same seed whatever order
/// threads finish in: those with the smallest hash of seed and place.
package struct Sampler: Sendable {
  package struct Sample: Sendable {
    package var file: String
    package var line: Int
    package var source: String
    package var category: String
    package var text: String
    package var scores: [String: Int]
    package var rules: [String]
    var key: UInt64
  }

  private let count: Int
  private let seed: UInt64
  private var kept: [Sample] = []

  package init(count: Int, seed: UInt64) {
    self.count = count
    self.seed = seed
  }

  /// By file and line.
  package var samples: [Sample] { kept.sorted { ($0.file, $0.line) < ($1.file, $1.line) } }

  /// As if all samplers had been one.
  package static func merged(_ samplers: [Sampler]) -> [Sample] {
    let kept = samplers.flatMap(\.kept).sorted { $0.key < $1.key }
    return kept.prefix(samplers.map(\.count).max() ?? 0)
      .sorted { ($0.file, $0.line) < ($1.file, $1.line) }
  }

  package mutating func offer(_ row: DatasetRow, _ verdict: RowVerdict, file: String, line: Int) {
    guard count > 0 else { return }
    var hash = SeededRandom(seed: seed, file, "\(line)")
    let key = hash.next()
    if kept.count == count, let last = kept.last, last.key <= key { return }
    let sample = Sample(
      file: file, line: line, source: row.source, category: row.category, text: row.text,
      scores: verdict.scores, rules: verdict.found.filter(\.acts).map(\.rule), key: key)
    let place = kept.firstIndex { $0.key > key } ?? kept.count
    kept.insert(sample, at: place)
    if kept.count > count { kept.removeLast() }
  }

  /// As a report shows it; `shown` masks a text.
  package static func json(_ sample: Sample, shown: (String) -> String) -> JSON {
    .object([
      .init("file", .string(sample.file)), .init("line", .int(sample.line)),
      .init("source", .string(sample.source)), .init("category", .string(sample.category)),
      .init("text", .string(shown(sample.text))),
      .init(
        "scores",
        .object(sample.scores.sorted { $0.key < $1.key }.map { .init($0.key, .int($0.value)) })),
      .init("rules", .array(sample.rules.map { .string($0) })),
    ])
  }
}
