/// Looks in a text for the places at which matches of one pattern can begin.
struct StartSearch {
  let text: UnsafePointer<UInt8>
  let count: Int
  let bits: UnsafePointer<UInt64>
  let sequences: UnsafeBufferPointer<StartSequence>
  let gates: GateTable

  /// The first such place in `lower...upper`.
  ///
  /// - Parameter word: the first of the list's words that may lie there, in and out.
  func next(from lower: Int, to upper: Int, among list: CandidateList, word: inout Int) -> Int? {
    word = list.word(atOrAfter: lower, from: word)
    var known = upper + 1
    while word < list.wordCount, list.wordPlaces[word] <= upper {
      if StartBits.holds(bits, tags: list.wordTags[word]) {
        known = Int(list.wordPlaces[word])
        break
      }
      word += 1
    }
    var at = lower
    // Sequences can begin anywhere, in front of that word too.
    while !sequences.isEmpty, at < known {
      if StartBits.holds(bits, byte: text[at]), begins(at) { return at }
      at += 1
    }
    return known <= upper ? known : nil
  }

  private func begins(_ at: Int) -> Bool {
    sequences.contains {
      gates.holds($0.classStart, $0.classCount, text, count: count, at: at)
    }
  }
}
