import SluiceCore

/// Where in a text matches of one probe may lie: stretches of bytes, in order of their starts.
struct Stretches {
  private var list: [(lower: Int, upper: Int)] = []
  private var isSorted = true

  /// More than so many are anywhere.
  static let most = 4096

  var isOverfull: Bool { list.count > Self.most }

  mutating func removeAll() {
    list.removeAll(keepingCapacity: true)
    isSorted = true
  }

  mutating func insert(_ lower: Int, _ upper: Int) {
    if let last = list.last, last.lower > lower { isSorted = false }
    list.append((lower, upper))
  }

  mutating func sort() {
    if !isSorted { list.sort { $0.lower < $1.lower } }
    isSorted = true
  }

  /// Whether some stretch of the one lies within so many bytes of one of the other; both sorted.
  func meets(_ other: Stretches, within distance: Int, ordered: Bool) -> Bool {
    var (left, right) = (0, 0)
    while left < list.count, right < other.list.count {
      let (one, two) = (list[left], other.list[right])
      // Whichever ends first, widened by the distance, is past all that are still to come.
      if one.upper + distance < two.lower {
        left += 1
      } else if two.upper + (ordered ? 0 : distance) < one.lower {
        right += 1
      } else {
        return true
      }
    }
    return false
  }
}

extension Examiner {
  /// Whether matches of two probes may lie so many characters from each other in a segment.
  func mayMeet(_ first: Int, _ second: Int, _ distance: Int, ordered: Bool, in segment: Int) -> Bool
  {
    let texts = document.texts(of: document.segments[segment])
    // Places in different views cannot be compared.
    for text in texts where text.view != .text {
      if mayHold(first, in: text) || mayHold(second, in: text) { return true }
    }
    guard let text = texts.first(where: { $0.view == .text }) else { return true }
    guard read(first, in: text, into: &stretches.first),
      read(second, in: text, into: &stretches.second)
    else { return true }
    // A character has at most four bytes.
    return stretches.first.meets(
      stretches.second, within: text.isASCII ? distance : distance * 4, ordered: ordered)
  }

  private func mayHold(_ probe: Int, in text: BufferedDocument.Text) -> Bool {
    matcher.probes[probe].expressions.contains { expression in
      matcher.program.isInView(expression, text.view)
        && text.mayHold(
          expression, isUnlisted: matcher.program.entries[expression].isUnlisted)
    }
  }

  /// - Returns: false where they may lie anywhere.
  private func read(
    _ probe: Int, in text: BufferedDocument.Text, into stretches: inout Stretches
  ) -> Bool {
    stretches.removeAll()
    for expression in matcher.probes[probe].expressions {
      let entry = matcher.program.entries[expression]
      if let matches = text.confirmed[expression] {
        for match in matches { stretches.insert(match.start, match.end) }
      } else if entry.isUnlisted || text.isOverfull || text.isExhausted {
        return false
      } else {
        let most = entry.analysis.mostBytes
        text.candidates?.forEach(of: expression) { lower, upper in
          stretches.insert(lower, upper + most)
          return !stretches.isOverfull
        }
      }
      if stretches.isOverfull { return false }
    }
    stretches.sort()
    return true
  }
}
