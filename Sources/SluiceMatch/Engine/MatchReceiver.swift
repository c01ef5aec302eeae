/// Takes matches while their text is still in memory.
package protocol MatchReceiver: AnyObject {
  /// False skips the confirmation of a pattern's candidates. Asked before a stretch of text, and
  /// after each match.
  func wants(pattern: Int) -> Bool
  /// Called for every match of a pattern in order of its start.
  func matched(_ match: RawMatch, context: MatchContext)
}

/// One match: byte offsets in the view of the segment that is being scanned.
package struct RawMatch: Sendable, Hashable {
  /// The index of the pattern's spec.
  package var pattern: Int
  package var start: Int
  package var end: Int
  /// The group that the spec names; both -1 where it took no part.
  package var captureStart: Int
  package var captureEnd: Int

  package init(pattern: Int, start: Int, end: Int, captureStart: Int, captureEnd: Int) {
    self.pattern = pattern
    self.start = start
    self.end = end
    self.captureStart = captureStart
    self.captureEnd = captureEnd
  }
}

/// The text around a match; valid during the call only.
package struct MatchContext {
  package let window: UnsafeRawBufferPointer
  /// The offset of the window's first byte in the view.
  package let base: Int
  /// Whether the window begins and ends where the view does; else at least 4,096 bytes stand
  /// before and after the match.
  package let isFirst: Bool
  package let isLast: Bool

  init(window: UnsafeRawBufferPointer, base: Int, isFirst: Bool, isLast: Bool) {
    self.window = window
    self.base = base
    self.isFirst = isFirst
    self.isLast = isLast
  }

  /// The text of a view that is in memory as a whole.
  init(whole text: UnsafeRawBufferPointer) {
    self.init(window: text, base: 0, isFirst: true, isLast: true)
  }
}
