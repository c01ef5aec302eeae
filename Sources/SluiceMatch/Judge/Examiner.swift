import SluiceCore
import SluiceRules

/// Judges one item after another; one a worker, with its own scratch.
package final class Examiner: TextSink {
  package init(matcher: Matcher) {}

  package func begin(item: ItemContext) {}
  package func begin(document: DocumentInfo) {}
  package func begin(segment: SegmentInfo) {}
  package func text(_ bytes: UnsafeRawBufferPointer, map: OffsetMap, last: Bool) {}
  package func view(_ view: View, _ bytes: UnsafeRawBufferPointer, map: OffsetMap, last: Bool) {}
  package func signal(_ signal: Signal) {}
  package func endSegment() {}
  package func endDocument() {}

  /// The verdict on the item; `allowances` gives the ids of rules (and the codes of causes in
  /// `unexamined`) that a release allowed for this digest.
  package func finish(
    _ extraction: ExtractionSummary, digests: ItemDigests,
    allowances: (Digest) -> Set<String> = { _ in [] }
  ) -> Decision {
    fatalError("unfinished")
  }

  /// The verdict the finished item would have had without these rules.
  package func verdict(without rules: Set<String>) -> Verdict { fatalError("unfinished") }

  /// Why, for the item that was finished last.
  package func explanation() -> Explanation { fatalError("unfinished") }
}
