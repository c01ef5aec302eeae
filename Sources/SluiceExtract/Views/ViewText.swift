import SluiceCore

/// One stretch of a view as it is made: valid UTF-8 and the map that leads to byte offsets of the
/// segment's text.
struct ViewText {
  private(set) var bytes: [UInt8] = []
  private(set) var runs: [OffsetMap.Run] = []
  /// Where the next character starts in the text if it goes on with the last run.
  private var expected = -1
  private var textStep = 0
  private var originStep = 0

  /// Where something was left out or put in, in order; places that are near each other are one. What was
  /// copied from another view counts as it stands there.
  private(set) var changes: [Range<Int>] = []
  /// Bytes between places that are one, and places beyond which all that follows is one.
  private static let nearby = 256
  private static let mostChanges = 64

  var isEmpty: Bool { bytes.isEmpty }
  var count: Int { bytes.count }

  mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    runs.removeAll(keepingCapacity: true)
    expected = -1
    changes.removeAll(keepingCapacity: true)
  }

  private mutating func change(_ range: Range<Int>) {
    let last = changes.count - 1
    if last >= 0,
      range.lowerBound - changes[last].upperBound < Self.nearby
        || changes.count >= Self.mostChanges
    {
      changes[last] = changes[last].lowerBound..<range.upperBound
    } else {
      changes.append(range)
    }
  }

  /// Text that stands in the view as it is.
  mutating func copy(_ source: UnsafeBufferPointer<UInt8>, at origin: Int) {
    guard !source.isEmpty else { return }
    if expected != origin, !bytes.isEmpty { change(bytes.count..<bytes.count) }
    note(textStep: 1, origin: origin, originStep: 1)
    bytes.append(contentsOf: source)
    expected = origin + source.count
  }

  /// Text that stands in a run of another view, from `offset` of that run on.
  mutating func copy(_ source: UnsafeBufferPointer<UInt8>, run: OffsetMap.Run, from offset: Int) {
    guard !source.isEmpty else { return }
    let origin = run.origin + offset / run.textStep * run.originStep
    // Where the run is cut within a character, the rest of that character leads to all of it.
    note(textStep: run.textStep, origin: origin, originStep: run.originStep)
    bytes.append(contentsOf: source)
    expected = -1
    if source.count % run.textStep == 0, offset % run.textStep == 0 {
      expected = origin + source.count / run.textStep * run.originStep
    }
  }

  /// Where the `count` characters before `offset` begin; 0 if there are fewer.
  func start(of count: Int, before offset: Int) -> Int {
    var (offset, left) = (offset, count)
    while offset > 0, left > 0 {
      offset -= 1
      if bytes[offset] & 0xC0 != 0x80 { left -= 1 }
    }
    return offset
  }

  /// Where the `count` characters after `offset` end; the end if there are fewer.
  func end(of count: Int, after offset: Int) -> Int {
    var (offset, left) = (offset, count)
    while offset < bytes.count {
      if bytes[offset] & 0xC0 != 0x80 {
        if left == 0 { return offset }
        left -= 1
      }
      offset += 1
    }
    return offset
  }

  /// The whole characters of a range.
  func part(_ range: Range<Int>) -> ViewText {
    var part = ViewText()
    bytes.withUnsafeBufferPointer {
      JoinSource($0, of: self).copy($0.wholeCharacters(range), into: &part)
    }
    return part
  }

  /// Characters that stand for `length` bytes of the text, as one.
  mutating func append(_ scalars: some Sequence<UInt32>, at origin: Int, length: Int) {
    let start = bytes.count
    for scalar in scalars { bytes.appendUTF8(scalar) }
    guard bytes.count > start else { return }
    change(start..<bytes.count)
    note(at: start, textStep: bytes.count - start, origin: origin, originStep: length)
    expected = origin + length
  }

  /// Bytes of one character that stand for `length` bytes of the text.
  mutating func append(bytes character: some Collection<UInt8>, at origin: Int, length: Int) {
    guard !character.isEmpty else { return }
    change(bytes.count..<bytes.count + character.count)
    note(textStep: character.count, origin: origin, originStep: length)
    bytes.append(contentsOf: character)
    expected = origin + length
  }

  /// Characters that stand for nothing: as many as keep a match from reaching over them.
  mutating func appendGap(at origin: Int, count: Int, of byte: UInt8 = 0) {
    note(textStep: 1, origin: origin, originStep: 0)
    bytes.append(contentsOf: repeatElement(byte, count: count))
    expected = -1
  }

  private mutating func note(textStep: Int, origin: Int, originStep: Int) {
    note(at: bytes.count, textStep: textStep, origin: origin, originStep: originStep)
  }

  private mutating func note(at text: Int, textStep: Int, origin: Int, originStep: Int) {
    // A character alone in its run can be as long as it likes; a run's are all alike.
    if expected == origin, self.textStep == textStep, self.originStep == originStep { return }
    self.textStep = textStep
    self.originStep = originStep
    runs.append(.init(text: text, origin: origin, textStep: textStep, originStep: originStep))
  }
}

extension [UInt8] {
  /// - Precondition: a scalar, no surrogate.
  mutating func appendUTF8(_ scalar: UInt32) {
    switch scalar {
    case 0...0x7F: append(UInt8(truncatingIfNeeded: scalar))
    case 0x80...0x7FF:
      append(UInt8(truncatingIfNeeded: 0xC0 | scalar >> 6))
      append(UInt8(truncatingIfNeeded: 0x80 | scalar & 0x3F))
    case 0x800...0xFFFF:
      append(UInt8(truncatingIfNeeded: 0xE0 | scalar >> 12))
      append(UInt8(truncatingIfNeeded: 0x80 | scalar >> 6 & 0x3F))
      append(UInt8(truncatingIfNeeded: 0x80 | scalar & 0x3F))
    default:
      append(UInt8(truncatingIfNeeded: 0xF0 | scalar >> 18))
      append(UInt8(truncatingIfNeeded: 0x80 | scalar >> 12 & 0x3F))
      append(UInt8(truncatingIfNeeded: 0x80 | scalar >> 6 & 0x3F))
      append(UInt8(truncatingIfNeeded: 0x80 | scalar & 0x3F))
    }
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// The scalar at `index` of valid UTF-8, and how many bytes it takes.
  @inline(__always) func scalar(at index: Int) -> (value: UInt32, length: Int) {
    let first = UInt32(self[index])
    if first < 0x80 { return (first, 1) }
    let second = UInt32(self[index &+ 1]) & 0x3F
    if first < 0xE0 { return ((first & 0x1F) << 6 | second, 2) }
    let third = UInt32(self[index &+ 2]) & 0x3F
    if first < 0xF0 { return ((first & 0x0F) << 12 | second << 6 | third, 3) }
    let fourth = UInt32(self[index &+ 3]) & 0x3F
    return ((first & 0x07) << 18 | second << 12 | third << 6 | fourth, 4)
  }
}
