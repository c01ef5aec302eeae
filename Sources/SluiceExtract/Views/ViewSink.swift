import SluiceCore

/// Stands before the sink of an item and adds to every segment what a person would read in it: the
/// views `folded` and `joined` after each piece of text, decoded text as segments that follow it, and
/// the signal `disguise` where a disguise is heavy.
final class ViewSink: TextSink {
  private let output: ViewOutput
  private let reader: SegmentReader

  init(decodedBytes: Int) {
    output = ViewOutput(decodedBytes: decodedBytes)
    reader = SegmentReader(output: output)
  }

  /// Everything goes to `sink` until `close`.
  func open(_ sink: any TextSink) {
    output.sink = sink
    (output.segments, output.kinds, output.unexamined) = (0, [], [])
  }

  func close() { output.sink = nil }

  /// Adds what was read beside the text itself.
  func complete(_ summary: inout ExtractionSummary) {
    summary.segments += output.segments
    summary.decoders += output.kinds.filter { !summary.decoders.contains($0) }
    summary.unexamined += output.unexamined
  }

  func begin(document: DocumentInfo) { output.sink?.begin(document: document) }

  func begin(segment: SegmentInfo) { reader.begin(segment) }

  func text(_ bytes: UnsafeRawBufferPointer, map: OffsetMap, last: Bool) {
    reader.text(bytes, map: map, last: last)
  }

  func view(_ view: View, _ bytes: UnsafeRawBufferPointer, map: OffsetMap, last: Bool) {
    output.sink?.view(view, bytes, map: map, last: last)
  }

  func signal(_ signal: Signal) { output.sink?.signal(signal) }

  func endSegment() { reader.end() }

  func endDocument() { output.sink?.endDocument() }
}

/// Where views and decoded segments go, and what is to be said of them in the item's summary.
final class ViewOutput {
  let decodedBytes: Int
  var sink: (any TextSink)?
  var segments = 0
  var kinds: [String] = []
  var unexamined: [Unexamined] = []

  init(decodedBytes: Int) { self.decodedBytes = decodedBytes }

  func addSegment(_ kind: HiddenKind) {
    segments += 1
    if !kinds.contains(kind.rawValue) { kinds.append(kind.rawValue) }
  }

  func note(_ cause: Unexamined.Cause, _ detail: String, in segment: String) {
    unexamined.append(Unexamined(segment: segment, cause: cause, detail: detail))
  }
}
