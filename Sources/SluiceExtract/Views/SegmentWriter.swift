import SluiceCore

/// Hands the segments of one document to the sink and keeps them within their limit.
///
/// Every piece of every segment's `text` passes through here, in order: this is the one place where
/// the views `folded` and `joined` are to be made from it and sent after it.
final class SegmentWriter {
  private let sink: any TextSink
  private let path: String
  private let part: SegmentInfo.Part
  private let limit: Int

  /// Segments that were begun.
  private(set) var segments = 0
  /// One sentence for each segment that was cut off at the limit.
  private(set) var cuts: [String] = []
  /// Nothing more of this segment is taken.
  private(set) var isFull = false

  private var reading: String?
  /// The sink has heard of the segment.
  var isBegun: Bool { isOpen }
  private var isOpen = false
  private var isComplete = false
  private var written = 0

  init(
    sink: any TextSink, path: String, part: SegmentInfo.Part = .body, limit: Int
  ) {
    self.sink = sink
    self.path = path
    self.part = part
    self.limit = limit
  }

  /// The next segment; the sink hears of it with its first piece.
  func begin(reading: String?) {
    self.reading = reading
    (isOpen, isComplete, isFull, written) = (false, false, false, 0)
  }

  func text(_ bytes: UnsafeRawBufferPointer, map: OffsetMap, last: Bool) {
    guard !isFull, !isComplete else { return }
    open()
    guard written + bytes.count > limit else {
      written += bytes.count
      isComplete = last
      return sink.text(bytes, map: map, last: last)
    }
    var end = limit - written
    while end > 0, bytes[end] & 0xC0 == 0x80 { end -= 1 }
    cuts.append(
      "\(reading.map { "read as \($0), " } ?? "")text from byte \(map.origin(of: end)) on is "
        + "beyond the limit of \(limit) bytes of text")
    (isFull, isComplete) = (true, true)
    sink.text(UnsafeRawBufferPointer(rebasing: bytes[0..<end]), map: map, last: true)
  }

  /// - Parameter evenEmpty: a segment without any text is one too.
  func end(evenEmpty: Bool) {
    if evenEmpty { open() }
    guard isOpen else { return }
    if !isComplete {
      sink.text(UnsafeRawBufferPointer(start: nil, count: 0), map: OffsetMap(), last: true)
    }
    sink.endSegment()
    isOpen = false
  }

  private func open() {
    guard !isOpen else { return }
    isOpen = true
    segments += 1
    sink.begin(segment: SegmentInfo(path: path, part: part, reading: reading))
  }
}
