/// One source: its rows as a whole, and by harm.
package struct SourceTally: Sendable {
  package private(set) var total = Tally()
  package private(set) var duplicates = Tally()
  package private(set) var harms: [String: Tally] = [:]
  package private(set) var misses: Sampler
  package private(set) var falseAlarms: Sampler

  private let map: WordMap
  /// Harmless rows in which something was found, for the alarms of each harm, and how many others.
  private var loud: [RowVerdict] = []
  private var quiet = 0

  init(_ options: Evaluation.Options) {
    map = options.map
    misses = Sampler(count: options.samples, seed: options.seed)
    falseAlarms = Sampler(count: options.samples, seed: options.seed)
  }

  mutating func add(
    _ row: DatasetRow, _ verdict: RowVerdict, packs: [String]?, isDuplicate: Bool, file: String,
    line: Int
  ) {
    guard !isDuplicate else { return duplicates.add(row, verdict, packs) }
    total.add(row, verdict, packs)
    if row.isHarm {
      harms[row.category, default: Tally()].add(row, verdict, packs)
      if !verdict.isHit { misses.offer(row, verdict, file: file, line: line) }
    } else if verdict.scores.isEmpty, !verdict.isHit, !verdict.hasGap {
      quiet += 1
    } else {
      loud.append(verdict)
      if verdict.isHit { falseAlarms.offer(row, verdict, file: file, line: line) }
    }
  }

  /// The tally of each harm with the harmless rows of the source as its negatives: only what is
  /// flagged for the harm's own packs is an alarm of it.
  package var byHarm: [String: Tally] {
    harms.reduce(into: [:]) { result, harm in
      var tally = harm.value
      addNegatives(to: &tally, packs: map.packs(of: harm.key))
      result[harm.key] = tally
    }
  }

  func addNegatives(to tally: inout Tally, packs: [String]?) {
    for verdict in loud { tally.add(negative: verdict, for: packs) }
    tally.add(quietNegatives: quiet)
  }
}
