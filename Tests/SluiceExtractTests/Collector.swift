import Glibc
import SluiceCore
import Testing

@testable import SluiceExtract

/// A sink that keeps everything and checks that it comes as the protocol says.
final class Collector: TextSink {
  struct Segment {
    var info: SegmentInfo
    var bytes: [UInt8] = []
    /// Where in the item the character of each byte of the text began.
    var origins: [Int] = []
    var pieces = 0
    var isComplete = false
    var views: [View: ViewPieces] = [:]

    var text: String { String(decoding: bytes, as: UTF8.self) }
    /// The place in the item of the first character of `part`.
    func origin(of part: String) -> Int? {
      Embedded.firstIndex(of: Array(part.utf8), in: bytes).map { origins[$0] }
    }
  }

  private(set) var documents: [String] = []
  private(set) var segments: [Segment] = []
  private(set) var signals: Set<Signal> = []
  private(set) var addresses: [UnsafeRawPointer?] = []
  private var isDocumentOpen = false
  private var isSegmentOpen = false
  var keepsText = true

  func segment(_ reading: String?) -> Segment? { segments.first { $0.info.reading == reading } }
  var readings: [String?] { segments.map(\.info.reading) }

  func begin(document: DocumentInfo) {
    #expect(!isDocumentOpen)
    isDocumentOpen = true
    documents.append(document.path)
  }

  func begin(segment: SegmentInfo) {
    #expect(isDocumentOpen && !isSegmentOpen)
    isSegmentOpen = true
    segments.append(Segment(info: segment))
  }

  func text(_ bytes: UnsafeRawBufferPointer, map: OffsetMap, last: Bool) {
    let index = segments.count - 1
    if !isSegmentOpen || segments[index].isComplete {
      Issue.record("a piece outside a segment, or after the last")
    }
    segments[index].pieces += 1
    segments[index].isComplete = last
    addresses.append(bytes.baseAddress)
    guard keepsText else { return }
    if UTF8Decoding.string(bytes) == nil { Issue.record("a piece is no valid UTF-8") }
    segments[index].bytes += bytes
    for offset in bytes.indices { segments[index].origins.append(map.origin(of: offset)) }
  }

  func view(_ view: View, _ bytes: UnsafeRawBufferPointer, map: OffsetMap, last: Bool) {
    let index = segments.count - 1
    var pieces = segments[index].views[view] ?? ViewPieces()
    if view == .text || !isSegmentOpen || pieces.isComplete {
      Issue.record("a piece of \(view) outside a segment, or after the last")
    }
    if UTF8Decoding.string(bytes) == nil { Issue.record("a piece of \(view) is no valid UTF-8") }
    if keepsText {
      for offset in bytes.indices {
        let start = map.origin(of: offset)
        pieces.spans.append(start..<map.end(of: offset))
      }
      pieces.bytes += bytes
    }
    pieces.isComplete = last
    segments[index].views[view] = pieces
  }

  func signal(_ signal: Signal) {
    #expect(isDocumentOpen)
    signals.insert(signal)
  }

  func endSegment() {
    #expect(isSegmentOpen && segments.last?.isComplete == true)
    isSegmentOpen = false
  }

  func endDocument() {
    #expect(isDocumentOpen && !isSegmentOpen)
    isDocumentOpen = false
  }
}

/// A view as it was put together.
struct ViewPieces {
  var bytes: [UInt8] = []
  /// For each byte, the bytes of the text that its character stands for.
  var spans: [Range<Int>] = []
  var isComplete = false

  var text: String { String(decoding: bytes, as: UTF8.self) }
  /// The bytes of the text that `part` stands for.
  func span(of part: String) -> Range<Int>? {
    guard let index = Embedded.firstIndex(of: Array(part.utf8), in: bytes) else { return nil }
    let end = spans[index + part.utf8.count - 1].upperBound
    return spans[index].lowerBound..<max(end, spans[index].lowerBound)
  }
}

extension Embedded {
  static func firstIndex(of wanted: [UInt8], in bytes: [UInt8]) -> Int? {
    bytes.withUnsafeBufferPointer { first(wanted, in: $0) }
  }
}

/// What came of one item.
struct Extracted {
  let sink: Collector
  let summary: ExtractionSummary
  /// What `observe` was given.
  let observed: [UInt8]

  var segments: [Collector.Segment] { sink.segments }
  var causes: [Unexamined.Cause] { summary.unexamined.map(\.cause) }
  func segment(_ reading: String?) -> Collector.Segment? { sink.segment(reading) }
  func holds(_ text: String) -> Bool {
    segments.contains { Embedded.firstIndex(of: Array(text.utf8), in: $0.bytes) != nil }
  }
}

/// Extracts `bytes` from a real file, and checks what holds for every item.
func extract(
  _ bytes: [UInt8], name: String = "item", limits: ExtractLimits = ExtractLimits(),
  with extractor: Extractor? = nil
) throws -> Extracted {
  var path = Array("/tmp/sluice-extract-XXXXXX".utf8CString)
  let descriptor = mkstemp(&path)
  try #require(descriptor >= 0)
  defer { close(descriptor) }
  unlink(path)
  var written = 0
  while written < bytes.count {
    let count = bytes.withUnsafeBytes {
      write(descriptor, $0.baseAddress! + written, bytes.count - written)
    }
    try #require(count > 0)
    written += count
  }
  let sink = Collector()
  var observed: [UInt8] = []
  let summary = try (extractor ?? Extractor(limits: limits)).extract(
    descriptor, name: Array(name.utf8), into: sink
  ) { observed += $0 }
  #expect(observed.count == bytes.count && observed == bytes)
  #expect(summary.segments == sink.segments.count)
  return Extracted(sink: sink, summary: summary, observed: observed)
}
