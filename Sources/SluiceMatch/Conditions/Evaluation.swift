import SluiceCore
import SluiceRules

/// Whether a condition holds on a ground, and which matches it stands on.
struct Evaluation {
  let ground: Ground
  /// The probe of each of the rule's patterns.
  let probes: [Int]
  /// Records that do not count (by index), because an exception or override covers them. What is
  /// under `not`, or must be rare, is always judged with all.
  var excluded: Set<Int> = []

  /// - Parameter segment: judge by the matches of this segment alone; what must be absent or rare
  ///   is judged over the whole ground.
  func holds(_ condition: Condition, in segment: Int? = nil) -> Bool {
    switch condition {
    case .pattern(let pattern): matches(pattern, in: segment)
    case .and(let operands): operands.allSatisfy { holds($0, in: segment) }
    case .or(let operands): operands.contains { holds($0, in: segment) }
    case .not(let operand): !whole.holds(operand)
    case .atLeast(let count, let patterns):
      patterns.lazy.filter { matches($0, in: segment) }.count >= count
    case .count(let pattern, let comparison, let number):
      comparison.grows
        ? comparison.holds(count(pattern, in: segment), number)
        : comparison.holds(whole.count(pattern, in: nil), number)
    case .near(let first, let second, let distance):
      pairs(first, second, distance, ordered: false, in: segment).contains(where: \.exists)
    case .before(let first, let second, let distance):
      pairs(first, second, distance, ordered: true, in: segment).contains(where: \.exists)
    case .within(let pattern, let part): matches(pattern, in: segment, part: part)
    case .signal(let name): ground.signals.contains { $0.rawValue == name }
    }
  }

  /// The matches that a condition that holds stands on: calls `body` with the pattern and the index
  /// of the record.
  func support(_ condition: Condition, in segment: Int?, _ body: (Int, Int) -> Void) {
    switch condition {
    case .pattern(let pattern): each(pattern, in: segment, body)
    case .and(let operands): for operand in operands { support(operand, in: segment, body) }
    case .or(let operands):
      for operand in operands where holds(operand, in: segment) {
        support(operand, in: segment, body)
      }
    case .not, .signal: break
    case .atLeast(_, let patterns): for pattern in patterns { each(pattern, in: segment, body) }
    case .count(let pattern, let comparison, _):
      guard comparison.grows else { return }
      for run in runs(pattern, in: segment, part: nil) { greedy(run) { body(pattern, $0) } }
    case .near(let first, let second, let distance):
      for pair in pairs(first, second, distance, ordered: false, in: segment) {
        pair.forEachMember { body($0 ? second : first, $1) }
      }
    case .before(let first, let second, let distance):
      for pair in pairs(first, second, distance, ordered: true, in: segment) {
        pair.forEachMember { body($0 ? second : first, $1) }
      }
    case .within(let pattern, let part): each(pattern, in: segment, part: part, body)
    }
  }

  /// The same with nothing excluded.
  var whole: Evaluation { Evaluation(ground: ground, probes: probes) }

  /// How often a pattern matches, greedily from the left without overlap. Where one text was read
  /// in several ways, what stems from the same bytes counts once.
  func count(_ pattern: Int, in segment: Int?) -> Int {
    var total = 0
    var counted: Set<ReadingOrigin> = []
    for run in runs(pattern, in: segment, part: nil) {
      let info = ground.store.segments[run.segment]
      greedy(run) { index in
        let offset = ground.store.records[index].offset
        if info.reading != nil, offset >= 0 {
          let origin = ReadingOrigin(path: info.path, offset: offset)
          guard counted.insert(origin).inserted else { return }
        }
        total += 1
      }
    }
    return total
  }

  func matches(_ pattern: Int, in segment: Int?, part: SegmentInfo.Part? = nil) -> Bool {
    if part == nil, ground.digests.contains(probes[pattern]) { return true }
    return runs(pattern, in: segment, part: part).contains { run in
      run.records.contains { !excluded.contains($0) }
    }
  }

  func runs(_ pattern: Int, in segment: Int?, part: SegmentInfo.Part?) -> [MatchStore.Run] {
    ground.runs(of: probes[pattern]).filter { run in
      (segment == nil || run.segment == segment)
        && (part == nil || ground.store.segments[run.segment].part == part)
    }
  }

  func pairs(
    _ first: Int, _ second: Int, _ distance: Int, ordered: Bool, in segment: Int?
  ) -> [Pairs] {
    runs(first, in: segment, part: nil).compactMap { run in
      guard let other = ground.run(of: probes[second], in: run.segment) else { return nil }
      return Pairs(
        first: ground.store.records[run.records], second: ground.store.records[other.records],
        distance: distance, ordered: ordered, counts: { !excluded.contains($0) })
    }
  }

  private func each(
    _ pattern: Int, in segment: Int?, part: SegmentInfo.Part? = nil, _ body: (Int, Int) -> Void
  ) {
    for run in runs(pattern, in: segment, part: part) {
      for index in run.records where !excluded.contains(index) { body(pattern, index) }
    }
  }

  private func greedy(_ run: MatchStore.Run, _ body: (Int) -> Void) {
    var end = 0
    for index in run.records where !excluded.contains(index) {
      let record = ground.store.records[index]
      guard record.start >= end else { continue }
      end = record.end
      body(index)
    }
  }
}

extension Condition.Comparison {
  /// More matches can make it hold and never stop it from holding.
  var grows: Bool { self == .atLeast || self == .more }

  func holds(_ left: Int, _ right: Int) -> Bool {
    switch self {
    case .less: left < right
    case .atMost: left <= right
    case .equal: left == right
    case .notEqual: left != right
    case .atLeast: left >= right
    case .more: left > right
    }
  }
}

/// Bytes of the item that several readings of one text lead back to.
struct ReadingOrigin: Hashable {
  var path: String
  var offset: Int
}
