/// Where in a document probes may match, before anything is confirmed: by probe, the segments (by
/// their number in the document) in which the engine has candidates, and how many.
struct Presence {
  private var segments: [[Int]]
  /// Places at which a match may begin, over all segments and views: no fewer than matches.
  private var starts: [Int]
  private(set) var touched: [Int] = []

  init(probes: Int) {
    segments = Array(repeating: [], count: probes)
    starts = Array(repeating: 0, count: probes)
  }

  mutating func reset() {
    for probe in touched {
      segments[probe].removeAll(keepingCapacity: true)
      starts[probe] = 0
    }
    touched.removeAll(keepingCapacity: true)
  }

  /// Segments come in ascending order.
  mutating func insert(_ probe: Int, segment: Int, starts count: Int) {
    starts[probe] = min(starts[probe], .max - count) + count
    if segments[probe].isEmpty {
      touched.append(probe)
    } else if segments[probe].last == segment {
      return
    }
    segments[probe].append(segment)
  }

  func contains(_ probe: Int) -> Bool { !segments[probe].isEmpty }
  func starts(of probe: Int) -> Int { starts[probe] }
  func segments(of probe: Int) -> [Int] { segments[probe] }

  /// Whether some segment may hold both.
  func meet(_ first: Int, _ second: Int) -> Bool {
    let (left, right) = (segments[first], segments[second])
    var (low, high) = (0, 0)
    while low < left.count, high < right.count {
      if left[low] == right[high] { return true }
      if left[low] < right[high] { low += 1 } else { high += 1 }
    }
    return false
  }
}
