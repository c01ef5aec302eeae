import SluiceCore
import SluiceExtract

/// Keeps a part's text, in each of its readings, up to a limit.
final class TextCollector: TextSink {
  private(set) var readings: [(name: String?, bytes: [UInt8])] = []
  /// A reading is longer than the limit.
  private(set) var isCut = false
  private(set) var signals: [Signal] = []
  private let limit: Int

  init(limit: Int) { self.limit = limit }

  func begin(document: DocumentInfo) {}
  func begin(segment: SegmentInfo) { readings.append((segment.reading, [])) }

  func text(_ bytes: UnsafeRawBufferPointer, map: OffsetMap, last: Bool) {
    let last = readings.count - 1
    var room = min(bytes.count, limit - readings[last].bytes.count)
    if room < bytes.count { isCut = true }
    while room > 0, room < bytes.count, bytes[room] & 0xC0 == 0x80 { room -= 1 }
    readings[last].bytes += bytes[..<max(0, room)]
  }

  func view(_ view: View, _ bytes: UnsafeRawBufferPointer, map: OffsetMap, last: Bool) {}
  func signal(_ signal: Signal) { signals.append(signal) }
  func endSegment() {}
  func endDocument() {}
}
