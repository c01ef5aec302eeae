import SluiceCore

/// The stretch of one segment in which a harm scores highest.
///
/// Findings count in a window when one of their places begins in it, when they have no place, or
/// when they lie in another segment of the same document. Rules of one group count their highest.
struct ScoreWindow: Sendable {
  /// Characters of a window.
  static let width = 4000
  static let most = 100

  var sum: Int
  var segment: Int?
  var lines: ClosedRange<Int>?
  /// Indices of the findings in it, and whether each counts.
  var members: [(finding: Int, counts: Bool)]

  var score: Int { min(Self.most, sum) }

  /// - Parameter findings: of one harm; not empty.
  static func highest(of findings: [ActingFinding]) -> ScoreWindow {
    let everywhere = findings.indices.filter { findings[$0].everywhere }
    var best = window(findings, Set(everywhere), segment: nil, spots: [])
    var bySegment: [Int: [(spot: ActingFinding.Spot, finding: Int)]] = [:]
    // By document: the segments that each finding lies in.
    var ofDocument: [Int: [Int: Set<Int>]] = [:]
    for (index, finding) in findings.enumerated() {
      for spot in finding.spots {
        bySegment[spot.segment, default: []].append((spot, index))
        ofDocument[spot.document, default: [:]][index, default: []].insert(spot.segment)
      }
    }
    for (segment, spots) in bySegment.sorted(by: { $0.key < $1.key }) {
      let elsewhere = (ofDocument[spots[0].spot.document] ?? [:]).filter { _, segments in
        segments.count > 1 || !segments.contains(segment)
      }
      let base = Set(everywhere).union(elsewhere.keys)
      let sorted = spots.sorted {
        ($0.spot.character, $0.finding) < ($1.spot.character, $1.finding)
      }
      best = higher(best, slide(findings, sorted, base: base, segment: segment))
    }
    return best
  }

  private static func slide(
    _ findings: [ActingFinding], _ spots: [(spot: ActingFinding.Spot, finding: Int)],
    base: Set<Int>, segment: Int
  ) -> ScoreWindow {
    var counts = Array(repeating: 0, count: findings.count)
    var best: ScoreWindow?
    var upper = 0
    for lower in spots.indices {
      var grew = false
      while upper < spots.count,
        spots[upper].spot.character < spots[lower].spot.character + width
      {
        counts[spots[upper].finding] += 1
        if counts[spots[upper].finding] == 1 { grew = true }
        upper += 1
      }
      if grew {
        let inside = base.union(counts.indices.filter { counts[$0] > 0 })
        let window = window(findings, inside, segment: segment, spots: spots[lower..<upper])
        best = best.map { higher($0, window) } ?? window
      }
      counts[spots[lower].finding] -= 1
    }
    return best ?? window(findings, base, segment: segment, spots: [])
  }

  private static func higher(_ first: ScoreWindow, _ second: ScoreWindow) -> ScoreWindow {
    second.sum > first.sum ? second : first
  }

  private static func window(
    _ findings: [ActingFinding], _ inside: Set<Int>, segment: Int?,
    spots: ArraySlice<(spot: ActingFinding.Spot, finding: Int)>
  ) -> ScoreWindow {
    var sum = 0
    var groups: Set<String> = []
    var members: [(finding: Int, counts: Bool)] = []
    let ordered = inside.sorted {
      (findings[$1].finding.score, findings[$0].finding.rule)
        < (findings[$0].finding.score, findings[$1].finding.rule)
    }
    for index in ordered {
      let finding = findings[index].finding
      let counts = finding.group.map { groups.insert($0).inserted } ?? true
      if counts { sum += finding.score }
      members.append((index, counts))
    }
    let lines = spots.lazy.map(\.spot.line)
    let range = lines.min().flatMap { first in lines.max().map { first...$0 } }
    return ScoreWindow(sum: sum, segment: segment, lines: range, members: members)
  }
}
