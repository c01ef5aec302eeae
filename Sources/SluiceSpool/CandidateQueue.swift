/// Candidates that events named, first in, first out; bounded.
struct CandidateQueue {
  private let most: Int
  private var items: [Candidate] = []
  private var start = 0

  init(most: Int) { self.most = most }

  var count: Int { items.count - start }
  var isEmpty: Bool { count == 0 }
  var first: Candidate? { isEmpty ? nil : items[start] }

  /// - Returns: false if it is full, and the candidate was not taken.
  @discardableResult
  mutating func append(_ candidate: Candidate) -> Bool {
    guard count < most else { return false }
    items.append(candidate)
    return true
  }

  mutating func popFirst() -> Candidate? {
    guard let first else { return nil }
    start += 1
    if start >= 1024 || start == items.count {
      items.removeFirst(start)
      start = 0
    }
    return first
  }
}
