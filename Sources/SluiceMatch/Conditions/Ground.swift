import SluiceCore
import SluiceRules

/// What a condition is judged on: the matches of one document, or of the whole item.
struct Ground {
  let store: MatchStore
  /// Sorted by probe, then segment.
  let runs: ArraySlice<MatchStore.Run>
  let signals: Set<Signal>
  /// Digest probes that hold: facts of the whole item.
  let digests: Set<Int>

  /// The runs of one probe, one a segment.
  func runs(of probe: Int) -> ArraySlice<MatchStore.Run> {
    let lower = runs.partition { $0.probe < probe }
    var upper = lower
    while upper < runs.endIndex, runs[upper].probe == probe { upper += 1 }
    return runs[lower..<upper]
  }

  func run(of probe: Int, in segment: Int) -> MatchStore.Run? {
    runs(of: probe).first { $0.segment == segment }
  }
}

extension RandomAccessCollection {
  /// The first index whose element does not fulfil `precedes`, in a collection where all that do
  /// come first.
  func partition(_ precedes: (Element) -> Bool) -> Index {
    var low = startIndex
    var count = self.count
    while count > 0 {
      let half = count / 2
      let middle = index(low, offsetBy: half)
      if precedes(self[middle]) {
        low = index(after: middle)
        count -= half + 1
      } else {
        count = half
      }
    }
    return low
  }
}
