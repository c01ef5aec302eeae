/// Where in a document probes may match: by probe, the segments (by their number in the document) in
/// which the engine has candidates or, of what was asked about, matches, and how many.
struct Presence {
  private var segments: [[Int]]
  /// Places at which a match may begin, over all segments and views: no fewer than matches.
  private var starts: [Int]
  private(set) var touched: [Int] = []
  /// The same by expression.
  private var startsOfExpression: [Int]
  private(set) var touchedExpressions: [Int] = []

  init(probes: Int, expressions: Int) {
    segments = Array(repeating: [], count: probes)
    starts = Array(repeating: 0, count: probes)
    startsOfExpression = Array(repeating: 0, count: expressions)
  }

  mutating func reset() {
    for probe in touched { clear(probe) }
    touched.removeAll(keepingCapacity: true)
    for expression in touchedExpressions { startsOfExpression[expression] = 0 }
    touchedExpressions.removeAll(keepingCapacity: true)
  }

  /// Forgets what is known of a probe, to be told anew.
  mutating func clear(_ probe: Int) {
    segments[probe].removeAll(keepingCapacity: true)
    starts[probe] = 0
  }

  /// Segments come in ascending order.
  mutating func insert(_ probe: Int, segment: Int, starts count: Int) {
    if starts[probe] == 0 { touched.append(probe) }
    starts[probe] = min(starts[probe], .max - count) + count
    if segments[probe].last != segment { segments[probe].append(segment) }
  }

  mutating func insert(expression: Int, starts count: Int) {
    if startsOfExpression[expression] == 0 { touchedExpressions.append(expression) }
    startsOfExpression[expression] += count
  }

  func contains(_ probe: Int) -> Bool { !segments[probe].isEmpty }
  func starts(of probe: Int) -> Int { starts[probe] }
  func starts(ofExpression expression: Int) -> Int { startsOfExpression[expression] }
  func segments(of probe: Int) -> [Int] { segments[probe] }

  /// Calls `body` with each segment that may hold both until it returns true.
  /// - Returns: whether it did.
  func meet(_ first: Int, _ second: Int, _ body: (Int) -> Bool) -> Bool {
    let (left, right) = (segments[first], segments[second])
    var (low, high) = (0, 0)
    while low < left.count, high < right.count {
      if left[low] < right[high] {
        low += 1
      } else if left[low] > right[high] {
        high += 1
      } else {
        if body(left[low]) { return true }
        (low, high) = (low + 1, high + 1)
      }
    }
    return false
  }
}
