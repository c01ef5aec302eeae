/// Starts at which patterns may match, by pattern; one a worker, its memory is used again.
///
/// Stretches of one pattern come mostly in order; where they do not, the pattern is marked and its
/// stretches are sorted before they are read.
final class CandidateList {
  struct Stretch {
    var lower: Int32
    var upper: Int32
    /// The next of the same pattern, -1 for none.
    var next: Int32
  }

  private struct Chain {
    var first: Int32 = -1
    var last: Int32 = -1
    var isSorted = true
  }

  private let chains: UnsafeMutablePointer<Chain>
  private let patterns: Int
  private var stretches: UnsafeMutablePointer<Stretch>
  private var room: Int
  private var used = 0
  private let touchedMemory: UnsafeMutablePointer<Int32>
  private var touchedCount = 0
  private var sorted: [Stretch] = []
  /// Words of the text, where starts are looked for among them: the first byte of each and its tags.
  private(set) var wordPlaces: UnsafeMutablePointer<UInt32>
  private(set) var wordTags: UnsafeMutablePointer<UInt16>
  private(set) var wordCount = 0
  private var wordRoom = CandidateList.leastRoom

  init(patterns: Int) {
    self.patterns = patterns
    chains = .allocate(capacity: max(1, patterns))
    chains.initialize(repeating: Chain(), count: patterns)
    touchedMemory = .allocate(capacity: max(1, patterns))
    room = Self.leastRoom
    stretches = .allocate(capacity: room)
    wordPlaces = .allocate(capacity: wordRoom)
    wordTags = .allocate(capacity: wordRoom)
  }

  deinit {
    wordPlaces.deallocate()
    wordTags.deallocate()
    chains.deallocate()
    touchedMemory.deallocate()
    stretches.deallocate()
  }

  /// Stretches of all patterns.
  var count: Int { used }

  /// Room that is there at first, and the most that is kept from one text to the next.
  private static let leastRoom = 1024
  private static let mostRoom = 1 << 16

  func removeAll() {
    if room > Self.mostRoom {
      stretches.deallocate()
      room = Self.leastRoom
      stretches = .allocate(capacity: room)
    }
    wordCount = 0
    if wordRoom > Self.mostRoom { makeWordRoom(Self.leastRoom) }
    for index in 0..<touchedCount { chains[Int(touchedMemory[index])] = Chain() }
    touchedCount = 0
    used = 0
  }

  private func makeWordRoom(_ room: Int) {
    let places = UnsafeMutablePointer<UInt32>.allocate(capacity: room)
    let tags = UnsafeMutablePointer<UInt16>.allocate(capacity: room)
    places.moveInitialize(from: wordPlaces, count: wordCount)
    tags.moveInitialize(from: wordTags, count: wordCount)
    wordPlaces.deallocate()
    wordTags.deallocate()
    (wordPlaces, wordTags, wordRoom) = (places, tags, room)
  }

  /// Keeps words; they come in order of their places.
  ///
  /// - Parameter edges: of each word its first byte and the one after its last.
  func add(words count: Int, edges: UnsafePointer<UInt32>, tags: UnsafePointer<UInt16>) {
    if wordCount + count > wordRoom { makeWordRoom(max(wordRoom * 2, wordCount + count)) }
    let places = wordPlaces + wordCount
    for index in 0..<count { places[index] = edges[2 * index] }
    (wordTags + wordCount).update(from: tags, count: count)
    wordCount += count
  }

  /// The first word at or after a byte, from one on that is known to stand no later.
  func word(atOrAfter place: Int, from first: Int) -> Int {
    guard first < wordCount, wordPlaces[first] < place else { return first }
    // Mostly it is the next.
    let next = first + 1
    guard next < wordCount, wordPlaces[next] < place else { return next }
    return UnsafeBufferPointer(start: wordPlaces, count: wordCount)[next...].partition {
      $0 < place
    }
  }

  /// Patterns with candidates, in the order in which they got their first.
  var touched: UnsafeBufferPointer<Int32> {
    UnsafeBufferPointer(start: touchedMemory, count: touchedCount)
  }

  func contains(_ pattern: Int) -> Bool { chains[pattern].first >= 0 }

  /// Adds the starts from `lower` to `upper`. Neighbours are joined only where `joins`: starts that
  /// are asked about one by one are not to become a range.
  @inline(__always)
  func add(_ pattern: Int, _ lower: Int, _ upper: Int, joins: Bool) {
    let last = Int(chains[pattern].last)
    if last >= 0 {
      let newest = stretches[last]
      if lower < Int(newest.lower) {
        chains[pattern].isSorted = false
      } else if upper <= Int(newest.upper) {
        return
      } else if joins, lower <= Int(newest.upper) + 1 {
        stretches[last].upper = Int32(truncatingIfNeeded: upper)
        return
      }
    }
    append(pattern, lower, upper)
  }

  @inline(never)
  private func append(_ pattern: Int, _ lower: Int, _ upper: Int) {
    if used == room { grow() }
    stretches[used] = Stretch(
      lower: Int32(truncatingIfNeeded: lower), upper: Int32(truncatingIfNeeded: upper), next: -1)
    let last = Int(chains[pattern].last)
    if last >= 0 {
      stretches[last].next = Int32(truncatingIfNeeded: used)
    } else {
      chains[pattern].first = Int32(truncatingIfNeeded: used)
      touchedMemory[touchedCount] = Int32(truncatingIfNeeded: pattern)
      touchedCount += 1
    }
    chains[pattern].last = Int32(truncatingIfNeeded: used)
    used += 1
  }

  private func grow() {
    let larger = UnsafeMutablePointer<Stretch>.allocate(capacity: room * 2)
    larger.moveInitialize(from: stretches, count: used)
    stretches.deallocate()
    stretches = larger
    room *= 2
  }

  /// Starts of a pattern, no fewer than there are matches.
  func most(of pattern: Int) -> Int {
    var at = Int(chains[pattern].first)
    var sum = 0
    while at >= 0 {
      sum += Int(stretches[at].upper - stretches[at].lower) + 1
      at = Int(stretches[at].next)
    }
    return sum
  }

  /// How many starts there are of a pattern; one that lies in several stretches counts in each.
  func starts(of pattern: Int) -> Int {
    var count = 0
    var at = Int(chains[pattern].first)
    while at >= 0 {
      let stretch = stretches[at]
      count += Int(stretch.upper - stretch.lower) + 1
      at = Int(stretch.next)
    }
    return count
  }

  /// The stretches of a pattern in order of their lower ends; they may overlap.
  func forEach(of pattern: Int, _ body: (_ lower: Int, _ upper: Int) -> Bool) {
    let chain = chains[pattern]
    var at = Int(chain.first)
    if chain.isSorted {
      while at >= 0 {
        let stretch = stretches[at]
        guard body(Int(stretch.lower), Int(stretch.upper)) else { return }
        at = Int(stretch.next)
      }
      return
    }
    sorted.removeAll(keepingCapacity: true)
    while at >= 0 {
      sorted.append(stretches[at])
      at = Int(stretches[at].next)
    }
    sorted.sort { ($0.lower, $0.upper) < ($1.lower, $1.upper) }
    for stretch in sorted {
      guard body(Int(stretch.lower), Int(stretch.upper)) else { return }
    }
  }
}
