import SluiceCore

/// One match of a probe, at its place in the segment's `text`. No reference inside: lists of these
/// are plain memory.
struct MatchRecord {
  /// Bytes of the segment's `text`.
  var start: Int
  var end: Int
  /// Characters of the segment's `text`: the first of the match, and the one after it.
  var from: Int
  var to: Int
  /// Both from 1.
  var line: Int
  var column: Int
  /// Bytes of the dropped item; -1 where there is no such place.
  var offset: Int
  var length: Int
  /// The sentence or quotation around the match, in bytes of `text`; empty where nobody asks.
  var sentence: Range<Int>
  /// Where the matched text lies among the store's excerpts.
  var excerpt: Range<Int>
  var view: View
  /// A payment or contact address stands in the sentence.
  var hasAddress: Bool

  func overlaps(_ other: MatchRecord) -> Bool { start < other.end && other.start < end }
}
