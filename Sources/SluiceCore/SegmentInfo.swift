/// A document as a reader takes it: a file, or a mail's headers and bodies without attachments.
package struct DocumentInfo: Sendable, Hashable {
  /// As people read it: `offer.eml > attachment 2: list.zip > wallets.txt`.
  package var path: String
  package init(path: String) { self.path = path }
}

/// One stretch of text of a document.
package struct SegmentInfo: Sendable, Hashable {
  package var path: String
  package var part: Part
  /// The character set this text was decoded from, where several readings are plausible (each is a
  /// segment of its own); nil where there is only one.
  package var reading: String?
  /// Whether offsets of this segment lead to bytes of the dropped item.
  package var hasOrigin: Bool

  package init(path: String, part: Part = .body, reading: String? = nil, hasOrigin: Bool = true) {
    self.path = path
    self.part = part
    self.reading = reading
    self.hasOrigin = hasOrigin
  }

  /// What a segment is in its document; the names that `in(pattern, part)` takes.
  package enum Part: String, Sendable, Hashable, CaseIterable {
    case body, subject, name, header, link, hidden, metadata, script, comment, decoded
  }
}

/// Leads from byte offsets of one text to byte offsets of what it was made from. Both sides only go
/// forward. Within a run every character has the same length on either side.
package struct OffsetMap: Sendable, Hashable {
  package struct Run: Sendable, Hashable {
    /// Byte offset in the text, counted from the start of the piece that carries the map.
    package var text: Int
    /// Absolute byte offset in the origin.
    package var origin: Int
    /// Bytes of one character of this run in the text, and in the origin.
    package var textStep: Int
    package var originStep: Int

    package init(text: Int, origin: Int, textStep: Int = 1, originStep: Int = 1) {
      self.text = text
      self.origin = origin
      self.textStep = textStep
      self.originStep = originStep
    }
  }

  /// Sorted by `text`, the first at 0; never empty.
  package private(set) var runs: [Run]

  /// One to one from `origin` on.
  package init(identityAt origin: Int = 0) { runs = [Run(text: 0, origin: origin)] }

  /// - Precondition: not empty, sorted, the first at 0.
  package init(runs: [Run]) {
    precondition(runs.first?.text == 0)
    self.runs = runs
  }

  /// The origin of the character that holds byte `offset`: the offset of that character's start.
  package func origin(of offset: Int) -> Int {
    var low = 0
    var high = runs.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if runs[middle].text <= offset { low = middle } else { high = middle }
    }
    let run = runs[low]
    return run.origin + (offset - run.text) / run.textStep * run.originStep
  }

  /// The origin's offset just after the character that holds byte `offset`.
  package func end(of offset: Int) -> Int {
    var low = 0
    var high = runs.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if runs[middle].text <= offset { low = middle } else { high = middle }
    }
    let run = runs[low]
    return run.origin + ((offset - run.text) / run.textStep + 1) * run.originStep
  }
}

/// Takes the text of one item, in order, from whatever decodes it.
///
/// Calls come as: `begin(document)`, then for each of its segments `begin(segment)`, pieces,
/// `endSegment`, then `endDocument`. A piece is whole characters of valid UTF-8; its bytes are valid
/// only during the call. `last` marks the final piece of its view in the segment, so that a small
/// segment is one piece with `last` set and can be read in place.
package protocol TextSink: AnyObject {
  func begin(document: DocumentInfo)
  func begin(segment: SegmentInfo)
  /// More of the segment's `text` view; `map` leads to bytes of the item (or of the container).
  func text(_ bytes: UnsafeRawBufferPointer, map: OffsetMap, last: Bool)
  /// More of another view; `map` leads to byte offsets of the segment's `text` view.
  func view(_ view: View, _ bytes: UnsafeRawBufferPointer, map: OffsetMap, last: Bool)
  /// How many characters a match in another view than `text` can look at, its own among them: so much
  /// is sent around what differs.
  func reach(in view: View) -> Int
  /// Something about the document that is open, or about the item where none is.
  func signal(_ signal: Signal)
  func endSegment()
  func endDocument()
}

extension TextSink {
  package func signal(_ signal: Signal) {}
  /// As wide as any pattern may be.
  package func reach(in view: View) -> Int { 2048 }
}
