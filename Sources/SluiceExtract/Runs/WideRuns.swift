/// The runs of UTF-16 text of one order in bytes that nothing decodes, at any offset, one below the
/// other.
///
/// Any two bytes make some unit, so a run must hold together: one kind of script (alphabets, Han
/// with kana, or Hangul), enough of it, not merely pairs of ASCII letters, and not a row of units
/// whose low byte is 0, which is what text looks like from the wrong offset.
struct WideRuns: Decoder {
  let bigEndian: Bool

  /// Characters that make a run: of an alphabet, and of Han or Hangul, where chance is likelier.
  static let shortest = 4
  static let shortestHan = 5
  /// Units that are looked at before a run counts as one.
  private static let sight = 32
  /// Units with a low byte of 0 side by side that end a run.
  private static let skew = 3

  private var inRun = false
  private var kind = WideCharacter.other
  private var hasOutput = false
  private var lastEnd = 0

  private let table = WideCharacter.table

  init(bigEndian: Bool) { self.bigEndian = bigEndian }

  mutating func decode(
    _ input: UnsafeBufferPointer<UInt8>, at origin: Int, final: Bool, into text: TextBuilder
  ) -> Int {
    var index = 0
    while index + 2 <= input.count {
      if inRun {
        let run = extent(input, from: index, kind: kind, units: .max, final: final)
        copy(input, index..<run.end, at: origin, into: text)
        index = run.end
        if run.isOpen, !final { return index }
        inRun = false
        if run.isSkewed { index += 1 }
        continue
      }
      if isZero(input, at: index) {
        // A unit of the other order may begin in the last of the eight.
        index += 7
        continue
      }
      if isHopeless(input, at: index) {
        index += 1
        continue
      }
      let run = extent(input, from: index, kind: .other, units: Self.sight, final: final)
      if run.isOpen, !final { return index }
      let least = run.kind == .alphabetic ? Self.shortest : Self.shortestHan
      if run.count >= least, run.kind != .other, run.proofs * 2 >= run.count {
        if hasOutput { text.append(0x0A, at: lastEnd, length: 1) }
        (inRun, hasOutput, kind) = (true, true, run.kind)
      } else if run.kind == .other, run.count > 1 {
        // Pairs of ASCII only: nothing can begin before the last of them.
        index = run.end - 1
      } else {
        index += 1
      }
    }
    return final ? input.count : index
  }

  private struct Extent {
    var end: Int
    var count = 0
    /// Units that are no pairs of ASCII.
    var proofs = 0
    /// The script that all of it is in; `other` if it is all pairs of ASCII.
    var kind: WideCharacter
    /// The input ended, not the run.
    var isOpen = false
    var isSkewed = false
  }

  private func extent(
    _ input: UnsafeBufferPointer<UInt8>, from start: Int, kind: WideCharacter, units: Int,
    final: Bool
  ) -> Extent {
    var run = Extent(end: start, kind: kind)
    var skewed = 0
    while run.count < units {
      guard run.end + 2 <= input.count else {
        run.isOpen = true
        break
      }
      let unit = input.unit(at: run.end, bigEndian: bigEndian)
      var length = 2
      var isProof = true
      if unit & 0xFC00 == 0xD800 {
        guard run.end + 4 <= input.count else {
          run.isOpen = true
          break
        }
        guard input.unit(at: run.end + 2, bigEndian: bigEndian) & 0xFC00 == 0xDC00 else { break }
        length = 4
      } else {
        let character = table[Int(unit)]
        if character == .other || character == .surrogate { break }
        isProof = character != .asciiPair
        // Signs and spaces of any alphabet stand in Han and Hangul text as well.
        if character == .han || character == .hangul {
          if run.kind != .other, run.kind != character, run.kind != .alphabetic { break }
          run.kind = character
        } else if character == .alphabetic, run.kind == .other {
          run.kind = .alphabetic
        }
      }
      skewed = unit & 0xFF == 0 ? skewed + 1 : 0
      run.end += length
      run.count += 1
      run.proofs += isProof ? 1 : 0
      if skewed == Self.skew {
        run.end -= 2 * skewed
        run.count -= skewed
        run.proofs -= skewed
        run.isSkewed = true
        return run
      }
    }
    // What a row of them comes to is only known with the next block.
    if run.isOpen, !final, skewed > 0 {
      run.end -= 2 * skewed
      run.count -= skewed
    }
    return run
  }

  private mutating func copy(
    _ input: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, at origin: Int,
    into text: TextBuilder
  ) {
    guard !range.isEmpty else { return }
    var decoder = UTF16Decoder(bigEndian: bigEndian)
    _ = decoder.decode(
      UnsafeBufferPointer(rebasing: input[range]), at: origin + range.lowerBound, final: true,
      into: text)
    lastEnd = origin + range.upperBound
  }

  /// The first units do not make a run: what most places of a binary are, told quickly.
  @inline(__always)
  private func isHopeless(_ input: UnsafeBufferPointer<UInt8>, at index: Int) -> Bool {
    var next = index
    let end = min(input.count - 1, index + 2 * Self.shortest)
    while next < end {
      if table[Int(input.unit(at: next, bigEndian: bigEndian))] == .other { return true }
      next &+= 2
    }
    return false
  }

  private func isZero(_ input: UnsafeBufferPointer<UInt8>, at index: Int) -> Bool {
    index + 9 <= input.count
      && UnsafeRawPointer(input.baseAddress! + index).loadUnaligned(as: UInt64.self) == 0
  }
}
