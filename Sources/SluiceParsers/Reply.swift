import Glibc
import SluiceCore
import SluiceExtract

/// Says to the daemon what is read, frame by frame, in as few writes as will do. Paths are below the
/// item's: the item's own is empty.
final class Reply: TextSink {
  private static let room = 128 << 10
  private static let piece = 128 << 10

  private let socket: Int32
  private var buffer: [UInt8] = []
  private var decoders: Set<String> = []
  private var gaps = 0
  /// Gaps beyond this many are only counted, for one item.
  private static let mostGaps = 500
  private var uncounted: [Kind: Int] = [:]

  /// What a policy can tell apart.
  private struct Kind: Hashable {
    var cause: Unexamined.Cause
    var limit: Unexamined.Limit?
  }

  init(socket: Int32) {
    self.socket = socket
    buffer.reserveCapacity(Self.room * 3)
  }

  func send(_ frame: [UInt8]) {
    withUnsafeBytes(of: UInt32(frame.count).littleEndian) { buffer.append(contentsOf: $0) }
    buffer.append(contentsOf: frame)
    if buffer.count >= Self.room { flush() }
  }

  /// Ends the process where the daemon is gone.
  func flush() {
    var done = 0
    buffer.withUnsafeBytes { bytes in
      while done < bytes.count {
        let count = write(socket, bytes.baseAddress! + done, bytes.count - done)
        if count < 0, errno != EINTR { exit(1) }
        done += max(0, count)
      }
    }
    buffer.removeAll(keepingCapacity: true)
  }

  /// The path of the open document.
  private var document = ""

  /// Goes back to a document that another came between.
  func resume(document path: String) {
    if document != path { begin(document: DocumentInfo(path: path)) }
  }

  func begin(document: DocumentInfo) {
    self.document = document.path
    frame(.document) { $0.text(Self.short(document.path)) }
  }

  func begin(segment: SegmentInfo) {
    frame(.segment) {
      $0.text(segment.part.rawValue)
      $0.text(Self.short(segment.path))
      $0.text(segment.reading ?? "")
    }
  }

  func text(_ bytes: UnsafeRawBufferPointer, map: OffsetMap, last: Bool) {
    var start = 0
    repeat {
      var end = min(bytes.count, start + Self.piece)
      while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end -= 1 }
      let part = UnsafeRawBufferPointer(rebasing: bytes[start..<end])
      let isLast = last && end == bytes.count
      frame(.text) {
        $0.byte(isLast ? 1 : 0)
        $0.block(part)
      }
      start = end
    } while start < bytes.count
  }

  func view(_ view: View, _ bytes: UnsafeRawBufferPointer, map: OffsetMap, last: Bool) {}

  func signal(_ signal: Signal) { frame(.signal) { $0.text(signal.rawValue) } }
  func endSegment() { frame(.segmentEnd) { _ in } }
  func endDocument() {}

  /// A whole segment at once.
  func segment(
    _ path: String, _ part: SegmentInfo.Part, reading: String? = nil, _ text: some Collection<UInt8>
  ) {
    begin(segment: SegmentInfo(path: path, part: part, reading: reading))
    Array(text).withUnsafeBytes { self.text($0, map: OffsetMap(), last: true) }
    endSegment()
  }

  /// As `segment`, where there is any text.
  func segment(_ path: String, _ part: SegmentInfo.Part, reading: String? = nil, ifAny text: String)
  {
    guard text.utf8.contains(where: { $0 > 0x20 }) else { return }
    segment(path, part, reading: reading, text.utf8)
  }

  func gap(_ gap: Unexamined) {
    gaps += 1
    guard gaps <= Self.mostGaps else {
      uncounted[Kind(cause: gap.cause, limit: gap.limit), default: 0] += gap.parts ?? 1
      return
    }
    send(gap)
  }

  private func send(_ gap: Unexamined) {
    frame(.gap) {
      $0.text(gap.cause.rawValue)
      $0.text(gap.limit?.rawValue ?? "")
      $0.number(gap.bytes ?? -1)
      $0.number(gap.parts ?? -1)
      $0.text(Self.short(gap.segment))
      $0.text(String(decoding: gap.detail.utf8.prefix(1000), as: UTF8.self))
    }
  }

  func decoder(_ name: String) {
    guard decoders.insert(name).inserted else { return }
    frame(.decoder) { $0.text(name) }
  }

  /// Before an item.
  func begin() {
    decoders.removeAll(keepingCapacity: true)
    (gaps, uncounted) = (0, [:])
    document = ""
  }

  /// After an item: says how many gaps were only counted.
  func end() {
    for (kind, count) in uncounted.sorted(by: { $0.key.cause.rawValue < $1.key.cause.rawValue }) {
      var rest = Unexamined(
        segment: "", cause: kind.cause,
        detail: "\(count) more parts were not examined for this cause")
      (rest.limit, rest.parts) = (kind.limit, count)
      send(rest)
    }
  }

  private func frame(_ kind: ChildEvent.Kind, _ fill: (inout WireWriter) -> Void) {
    var wire = WireWriter()
    wire.byte(kind.rawValue)
    fill(&wire)
    send(wire.bytes)
  }

  /// A path that fits into a frame also where an archive holds names without end.
  private static func short(_ path: String) -> String {
    guard path.utf8.count > 8192 else { return path }
    return String(decoding: path.utf8.prefix(4000), as: UTF8.self) + "…"
      + String(decoding: path.utf8.suffix(4000), as: UTF8.self)
  }
}
