import SluiceCore

/// Puts a piece of decoded text together: valid UTF-8 with the map that leads back. Its room is
/// fixed: a decoder is given no more input at once than can fit.
///
/// Exclusive access to its counters is not checked at run time, which would cost more than the
/// decoding does: they are only touched in its own methods, and none of those calls out.
final class TextBuilder {
  /// Bytes of text that one piece can take.
  let capacity: Int
  private let bytes: UnsafeMutablePointer<UInt8>
  @exclusivity(unchecked) private(set) var count = 0
  @exclusivity(unchecked) private var runs: [OffsetMap.Run] = []
  /// Where the next character starts in the origin if it goes on with the last run.
  @exclusivity(unchecked) private var expected = -1
  @exclusivity(unchecked) private var textStep = 0
  @exclusivity(unchecked) private var originStep = 0

  init(capacity: Int) {
    self.capacity = capacity
    bytes = .allocate(capacity: capacity)
  }

  deinit { bytes.deallocate() }

  var contents: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: bytes, count: count) }

  /// The map of what is there; of an empty piece, from `origin` on.
  func map(at origin: Int) -> OffsetMap {
    runs.isEmpty ? OffsetMap(identityAt: origin) : OffsetMap(runs: runs)
  }

  func removeAll() {
    count = 0
    runs.removeAll(keepingCapacity: true)
    expected = -1
  }

  /// One character that `length` bytes at `origin` stand for. What is no scalar (a surrogate, a
  /// number out of range) becomes U+FFFD.
  func append(_ value: UInt32, at origin: Int, length: Int) {
    let start = count
    switch value {
    case 0...0x7F:
      bytes[count] = UInt8(truncatingIfNeeded: value)
      count &+= 1
    case 0x80...0x7FF:
      bytes[count] = UInt8(truncatingIfNeeded: 0xC0 | value >> 6)
      bytes[count + 1] = UInt8(truncatingIfNeeded: 0x80 | value & 0x3F)
      count &+= 2
    case 0x10000...0x10FFFF:
      bytes[count] = UInt8(truncatingIfNeeded: 0xF0 | value >> 18)
      bytes[count + 1] = UInt8(truncatingIfNeeded: 0x80 | value >> 12 & 0x3F)
      bytes[count + 2] = UInt8(truncatingIfNeeded: 0x80 | value >> 6 & 0x3F)
      bytes[count + 3] = UInt8(truncatingIfNeeded: 0x80 | value & 0x3F)
      count &+= 4
    default:
      let scalar = value >= 0x110000 || value & 0xFFFF_F800 == 0xD800 ? 0xFFFD : value
      bytes[count] = UInt8(truncatingIfNeeded: 0xE0 | scalar >> 12)
      bytes[count + 1] = UInt8(truncatingIfNeeded: 0x80 | scalar >> 6 & 0x3F)
      bytes[count + 2] = UInt8(truncatingIfNeeded: 0x80 | scalar & 0x3F)
      count &+= 3
    }
    note(text: start, textStep: count - start, origin: origin, originStep: length)
    expected = origin + length
  }

  func appendReplacement(at origin: Int, length: Int) {
    append(0xFFFD, at: origin, length: length)
  }

  /// Characters of one byte each, as they stand.
  func appendASCII(_ source: UnsafePointer<UInt8>, count length: Int, at origin: Int) {
    guard length > 0 else { return }
    (bytes + count).update(from: source, count: length)
    note(text: count, textStep: 1, origin: origin, originStep: 1)
    count += length
    expected = origin + length
  }

  private func note(text: Int, textStep: Int, origin: Int, originStep: Int) {
    if expected == origin, self.textStep == textStep, self.originStep == originStep { return }
    self.textStep = textStep
    self.originStep = originStep
    runs.append(.init(text: text, origin: origin, textStep: textStep, originStep: originStep))
  }
}
