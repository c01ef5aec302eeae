/// The nearest known word to one that is not known.
package enum Suggestion {
  /// - Returns: the candidate with the fewest edits (insert, delete, replace, swap of neighbours), if
  ///   they are few for its length; nil otherwise.
  package static func nearest(_ word: String, in candidates: some Sequence<String>) -> String? {
    let typed = Array(word.lowercased().unicodeScalars)
    guard typed.count <= 64 else { return nil }
    var best: (name: String, distance: Int)?
    for candidate in candidates {
      let known = Array(candidate.lowercased().unicodeScalars)
      let most = max(1, max(known.count, typed.count) / 3)
      guard abs(known.count - typed.count) <= most else { continue }
      let distance = edits(typed, known)
      if distance <= most, distance < best?.distance ?? Int.max { best = (candidate, distance) }
    }
    return best?.name
  }

  /// `did you mean 'x'?`, or a list of what is known when nothing is near.
  package static func hint(_ word: String, in candidates: [String]) -> String? {
    if let name = nearest(word, in: candidates) { return "did you mean '\(name)'?" }
    guard !candidates.isEmpty else { return nil }
    let shown = candidates.prefix(30).joined(separator: ", ")
    return "known: \(shown)" + (candidates.count > 30 ? ", …" : "")
  }

  /// The restricted Damerau-Levenshtein distance.
  private static func edits(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
    var older: [Int] = []
    var previous = Array(0...right.count)
    for i in left.indices {
      var current = [i + 1]
      for j in right.indices {
        let same = left[i] == right[j]
        var cost = min(current[j] + 1, previous[j + 1] + 1, previous[j] + (same ? 0 : 1))
        if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
          cost = min(cost, older[j - 1] + 1)
        }
        current.append(cost)
      }
      older = previous
      previous = current
    }
    return previous[right.count]
  }
}
