import SluiceCore

/// All statistics of one run over labelled rows, taken in their order.
package struct Evaluation: Sendable {
  package struct Options: Sendable {
    package var map: WordMap
    /// Words that say whom a text is about, by group; beside the `group` of a row.
    package var groups: WordMap
    /// Near-duplicates count like other rows.
    package var keepsDuplicates: Bool
    package var samples: Int
    package var seed: UInt64

    package init(
      map: WordMap, groups: WordMap, keepsDuplicates: Bool = false, samples: Int, seed: UInt64
    ) {
      self.map = map
      self.groups = groups
      self.keepsDuplicates = keepsDuplicates
      self.samples = samples
      self.seed = seed
    }

    /// Whom a row is about: what it says itself, and the groups whose words stand in it; sorted.
    package func groups(of row: DatasetRow) -> [String] {
      guard !groups.entries.isEmpty else { return row.groups }
      let text = row.text.lowercased()
      let words = Set(text.split { !$0.isLetter && $0 != "-" }.map(String.init))
      var names = Set(row.groups)
      for (group, members) in groups.entries {
        let isMeant = members.contains { $0.contains(" ") ? text.contains($0) : words.contains($0) }
        if isMeant { names.insert(group) }
      }
      return names.sorted()
    }
  }

  package let options: Options
  /// Rows that count, and rows that say what an earlier one said.
  package private(set) var headline = Tally()
  package private(set) var duplicates = Tally()
  package private(set) var sources: [String: SourceTally] = [:]
  package private(set) var harms: [String: Tally] = [:]
  package private(set) var langs: [String: Tally] = [:]
  package private(set) var groups: [String: Tally] = [:]
  package private(set) var rules: [String: RuleTally] = [:]
  package var disguises: [DisguiseTally]

  private var index = DuplicateIndex()

  package init(options: Options, disguises: [Disguise] = []) {
    self.options = options
    self.disguises = disguises.map(DisguiseTally.init)
  }

  /// Takes the next row.
  ///
  /// - Parameters:
  ///   - shingles: of its text.
  ///   - disguised: whether it is flagged in each of the disguises.
  package mutating func add(
    _ row: DatasetRow, _ verdict: RowVerdict, shingles: [UInt64], disguised: [Bool],
    groups: [String],
    file: String, line: Int
  ) {
    let packs = options.map.packs(of: row.category)
    let isDuplicate = index.add(shingles) && !options.keepsDuplicates
    sources[row.source, default: SourceTally(options)].add(
      row, verdict, packs: packs, isDuplicate: isDuplicate, file: file, line: line)
    guard !isDuplicate else { return duplicates.add(row, verdict, packs) }
    headline.add(row, verdict, packs)
    if row.isHarm { harms[row.category, default: Tally()].add(row, verdict, packs) }
    langs[row.lang, default: Tally()].add(row, verdict, packs)
    for group in groups { self.groups[group, default: Tally()].add(row, verdict, packs) }
    for found in verdict.found {
      rules[found.rule, default: RuleTally()].add(found, isHarm: row.isHarm)
    }
    for (place, isHit) in disguised.enumerated() {
      disguises[place].add(isHarm: row.isHarm, before: verdict.isHit, after: isHit)
    }
  }

  /// Tallies by harm (the category of the harmful rows); the harmless rows of all sources that have
  /// rows of the harm are its negatives.
  package var byHarm: [String: Tally] {
    harms.reduce(into: [:]) { result, harm in
      var tally = harm.value
      let packs = options.map.packs(of: harm.key)
      for source in sources.values where source.harms[harm.key] != nil {
        source.addNegatives(to: &tally, packs: packs)
      }
      result[harm.key] = tally
    }
  }
}

extension Tally {
  mutating func add(_ row: DatasetRow, _ verdict: RowVerdict, _ packs: [String]?) {
    if row.isHarm { add(positive: verdict, packs: packs) } else { add(negative: verdict) }
  }
}
