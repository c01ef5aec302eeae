import SluiceCore

/// Scanning a whole view in two steps, for a caller that keeps the text: first where patterns may
/// match, then, of those that it still wants, where they do.
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

  /// Confirms what `collect` found in the same text.
  func confirm(
    _ list: CandidateList, in text: UnsafeRawBufferPointer, view: View,
    to receiver: any MatchReceiver
  ) {
    begin(view: view, whole: text.count)
    let context = MatchContext(window: text, base: 0, isFirst: true, isLast: true)
    confirm(list, from: 0, to: text.count, context: context, receiver: receiver)
  }
}
