/// Matches in one text by pattern, of the patterns that were asked about. Its memory is used again.
struct ConfirmedMatches {
  private var ranges: [Int: Range<Int>] = [:]
  private var matches: [RawMatch] = []

  /// Matches of one pattern beyond which they are not kept, and of all patterns.
  static let mostOfPattern = 10_000
  static let most = 1 << 16

  var count: Int { matches.count }

  /// In order of their starts; nil where nobody asked.
  subscript(pattern: Int) -> ArraySlice<RawMatch>? { ranges[pattern].map { matches[$0] } }

  mutating func insert(_ found: [RawMatch], of pattern: Int) {
    let start = matches.count
    matches.append(contentsOf: found)
    ranges[pattern] = start..<matches.count
  }

  mutating func removeAll() {
    ranges.removeAll(keepingCapacity: true)
    matches.removeAll(keepingCapacity: true)
  }
}

/// Takes the matches of one pattern that are asked for before it is known who wants them.
final class MatchCollector: MatchReceiver {
  private(set) var matches: [RawMatch] = []
  private var limit = 0

  func begin(limit: Int) {
    matches.removeAll(keepingCapacity: true)
    self.limit = limit
  }

  /// There may be more.
  var isFull: Bool { matches.count >= limit }

  func wants(pattern: Int) -> Bool { !isFull }
  func matched(_ match: RawMatch, context: MatchContext) { matches.append(match) }
}
