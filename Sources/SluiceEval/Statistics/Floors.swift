import SluiceCore

/// The least that each source must reach: `{"source": {"hits": 40, "right_hits": 30, "alarms": 1,
/// "quarantined_alarms": 0}}`. Counts, so that they mean the same on a sample of any size; near-
/// duplicates count too, so that every row does.
package struct Floors: Sendable {
  /// One floor, or ceiling, that does not hold.
  package struct Breach: Sendable, Hashable, CustomStringConvertible {
    package var source: String
    package var name: String
    package var wanted: Int
    package var found: Int
    package var isCeiling: Bool

    package var description: String {
      "\(source): \(name) \(found), "
        + (isCeiling ? "more than the ceiling of \(wanted)" : "below the floor of \(wanted)")
    }
  }

  private let entries: [(source: String, limits: [String: Int])]
  private static let names = ["hits", "right_hits", "alarms", "quarantined_alarms"]

  package init(path: String) throws(EvalError) {
    let json = try JSONFile.object(path)
    var entries: [(String, [String: Int])] = []
    for member in json where !member.key.hasPrefix("_") {
      guard case .object(let limits) = member.value else {
        throw EvalError(.file, "'\(member.key)' takes an object of counts", path: path)
      }
      var found: [String: Int] = [:]
      for limit in limits {
        guard Self.names.contains(limit.key), case .int(let count) = limit.value, count >= 0 else {
          throw EvalError(
            .file, "'\(member.key)' takes counts of \(Self.names.joined(separator: ", "))",
            path: path)
        }
        found[limit.key] = count
      }
      entries.append((member.key, found))
    }
    self.entries = entries
  }

  /// Every floor that `evaluation` does not reach; a source without rows reaches none.
  package func breaches(_ evaluation: Evaluation) -> [Breach] {
    entries.flatMap { entry in
      let tallies = evaluation.sources[entry.source].map { [$0.total, $0.duplicates] } ?? []
      return Self.names.compactMap { name -> Breach? in
        guard let wanted = entry.limits[name] else { return nil }
        let isCeiling = name.hasSuffix("alarms")
        let found = tallies.reduce(0) { $0 + Self.count(name, $1) }
        let holds = isCeiling ? found <= wanted && !tallies.isEmpty : found >= wanted
        return holds
          ? nil
          : Breach(
            source: entry.source, name: name, wanted: wanted, found: found, isCeiling: isCeiling)
      }
    }
  }

  private static func count(_ name: String, _ tally: Tally) -> Int {
    switch name {
    case "hits": tally.hits
    case "right_hits": tally.rightHits
    case "alarms": tally.alarms
    default: tally.quarantinedAlarms
    }
  }
}
