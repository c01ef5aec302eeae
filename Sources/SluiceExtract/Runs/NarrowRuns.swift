/// The runs of ASCII and UTF-8 text in bytes that nothing decodes, one below the other. Tabs and
/// line ends belong to a run, so that text that was appended somewhere is read as it stands.
struct NarrowRuns: Decoder {
  /// Characters that make a run.
  static let shortest = 4

  private var inRun = false
  private var hasOutput = false
  private var lastEnd = 0

  mutating func decode(
    _ input: UnsafeBufferPointer<UInt8>, at origin: Int, final: Bool, into text: TextBuilder
  ) -> Int {
    var index = 0
    while index < input.count {
      if !inRun {
        if input[index] == 0 {
          index = input.endOfZeros(from: index)
          continue
        }
        let (end, characters, open) = extent(input, from: index)
        if characters < Self.shortest {
          if open, !final { return index }
          index = max(end, index + 1)
          continue
        }
        if hasOutput { text.append(0x0A, at: lastEnd, length: 1) }
        (inRun, hasOutput) = (true, true)
      }
      index = copy(input, from: index, at: origin, into: text)
      lastEnd = origin + index
      guard index < input.count else { break }
      if case .cutOff = UTF8Form.at(index, of: input), !final { return index }
      inRun = false
    }
    return index
  }

  /// How far a run goes that is not yet long enough, and whether the input's end cuts it off.
  private func extent(_ input: UnsafeBufferPointer<UInt8>, from start: Int)
    -> (end: Int, characters: Int, open: Bool)
  {
    var (index, characters) = (start, 0)
    while index < input.count, characters < Self.shortest {
      let byte = input[index]
      if byte < 0x80 {
        guard Self.isText(byte) else { return (index, characters, false) }
        index &+= 1
      } else {
        switch UTF8Form.at(index, of: input) {
        case .valid(_, let length): index &+= length
        case .cutOff: return (index, characters, true)
        default: return (index, characters, false)
        }
      }
      characters &+= 1
    }
    return (index, characters, index == input.count)
  }

  private func copy(
    _ input: UnsafeBufferPointer<UInt8>, from start: Int, at origin: Int, into text: TextBuilder
  ) -> Int {
    guard let base = input.baseAddress else { return start }
    var index = start
    while index < input.count {
      let first = index
      while index < input.count, Self.isText(base[index]) { index &+= 1 }
      text.appendASCII(base + first, count: index - first, at: origin + first)
      guard index < input.count, base[index] >= 0x80,
        case .valid(let value, let length) = UTF8Form.at(index, of: input)
      else { break }
      text.append(value, at: origin + index, length: length)
      index += length
    }
    return index
  }

  @inline(__always)
  private static func isText(_ byte: UInt8) -> Bool {
    byte &- 0x20 < 0x5F || byte == 0x09 || byte == 0x0A || byte == 0x0D
  }
}
