import SluiceCore

/// Pairs of matches within one segment, for `near` and `before`. Both lists are sorted by start and
/// are full match sets: matches may overlap their neighbours.
struct Pairs {
  let first: ArraySlice<MatchRecord>
  let second: ArraySlice<MatchRecord>
  let distance: Int
  /// The first must end at or before the start of the second.
  let ordered: Bool
  /// Whether a record (by index) counts.
  let counts: (Int) -> Bool

  var exists: Bool {
    let widest = ordered ? 0 : Self.widest(second)
    return first.indices.contains { counts($0) && partner(of: first[$0], widest: widest) != nil }
  }

  /// Calls `body` with every record that is part of some pair: whether it is one of `second`, and
  /// its index.
  func forEachMember(_ body: (Bool, Int) -> Void) {
    let widest = ordered ? 0 : Self.widest(second)
    for index in first.indices where counts(index) {
      if partner(of: first[index], widest: widest) != nil { body(false, index) }
    }
    let mirrored = Pairs(
      first: second, second: first, distance: distance, ordered: ordered, counts: counts)
    let widestFirst = Self.widest(first)
    for index in second.indices where counts(index) {
      if mirrored.partner(before: second[index], widest: widestFirst) != nil { body(true, index) }
    }
  }

  /// The fewest characters between the two, for a person; nil where there is no candidate pair.
  var nearest: Int? {
    var best: Int?
    for left in first.prefix(1000) {
      for right in second.prefix(1000) where !(left.start == right.start && left.end == right.end) {
        if ordered, left.to > right.from { continue }
        let gap = max(0, max(left.from, right.from) - min(left.to, right.to))
        if best.map({ gap < $0 }) ?? true { best = gap }
      }
    }
    return best
  }

  /// A record of `second` that makes a pair with this one of `first`.
  private func partner(of record: MatchRecord, widest: Int) -> Int? {
    let least = ordered ? record.to : record.from - distance - widest
    var index = second.partition { $0.from < least }
    while index < second.endIndex, second[index].from <= record.to + distance {
      let other = second[index]
      let fits = ordered || other.to >= record.from - distance
      if fits, counts(index), other.start != record.start || other.end != record.end {
        return index
      }
      index += 1
    }
    return nil
  }

  /// In a mirrored pair list: a record of `second` that comes before (or, where order does not
  /// matter, near) this one.
  private func partner(before record: MatchRecord, widest: Int) -> Int? {
    if !ordered { return partner(of: record, widest: widest) }
    let least = record.from - distance - widest
    var index = second.partition { $0.from < least }
    while index < second.endIndex, second[index].from <= record.from {
      let other = second[index]
      if other.to <= record.from, record.from - other.to <= distance, counts(index),
        other.start != record.start || other.end != record.end
      {
        return index
      }
      index += 1
    }
    return nil
  }

  private static func widest(_ records: ArraySlice<MatchRecord>) -> Int {
    records.reduce(0) { max($0, $1.to - $1.from) }
  }
}
