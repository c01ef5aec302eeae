import SluiceCore

/// Scanning a whole view in two steps, for a caller that keeps the text: first where patterns may
/// match, then, one pattern after the other, of those that it still wants, where they do.
extension PatternScanner {
  /// Stretches of a view: more are a text that is made of them, and are not kept at once.
  private static let mostStretches = 1 << 19

  /// Adds all candidates of a view to an empty list.
  /// - Returns: false where there are too many to be kept at once: the view has to be fed.
  func collect(_ text: UnsafeRawBufferPointer, view: View, into list: CandidateList) -> Bool {
    begin(view: view, whole: text.count)
    var start = 0
    while start < text.count, exhausted == nil {
      let stop = min(text.count, aligned(start + Self.stride, in: text))
      find(from: start, to: stop, in: text, into: list)
      start = stop
      if list.count > Self.mostStretches { return false }
    }
    return true
  }

  /// Confirms a pattern by what `collect` found in the same text, after `begin(view:whole:spent:)`.
  func confirm(
    _ pattern: Int, of list: CandidateList, in text: UnsafeRawBufferPointer,
    to receiver: any MatchReceiver
  ) {
    let context = MatchContext(whole: text)
    if program.entries[pattern].isUnlisted {
      confirm(
        slow: pattern, of: list, from: 0, to: text.count, context: context, receiver: receiver)
    } else {
      confirm(pattern, of: list, context: context, receiver: receiver)
    }
  }
}
