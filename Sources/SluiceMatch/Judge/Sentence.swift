/// The sentence or quotation around a match: the reach of an exception.
///
/// A sentence ends at `. ! ?` and their like before white space, or at an empty line; a line break
/// alone ends nothing, since mails break lines anywhere. A match inside a quotation has the whole
/// quotation and the sentence that quotes it as its reach: that is where a report says who speaks.
struct Sentence {
  /// Looked at on either side of the match, at most.
  static let reach = 2000

  private let bytes: UnsafeRawBufferPointer

  private init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  /// - Parameter match: the match's bytes within `bytes`.
  static func range(around match: Range<Int>, in bytes: UnsafeRawBufferPointer) -> Range<Int> {
    let sentence = Sentence(bytes)
    guard let quotation = sentence.quotation(around: match) else {
      return sentence.start(before: match.lowerBound)..<sentence.end(after: match.upperBound)
    }
    return sentence.start(before: quotation.lowerBound)..<sentence.end(after: quotation.upperBound)
  }

  private func start(before offset: Int) -> Int {
    var index = offset
    let least = max(0, offset - Self.reach)
    while index > least {
      if isBreak(at: index) { return index }
      index -= 1
    }
    return index
  }

  private func end(after offset: Int) -> Int {
    var index = max(offset, 1)
    let most = min(bytes.count, offset + Self.reach)
    while index < most {
      if isBreak(at: index) { return index }
      index += 1
    }
    return most
  }

  /// Whether a sentence ends just before `index`.
  private func isBreak(at index: Int) -> Bool {
    isEmptyLine(at: index) || endsWideSentence(at: index)
      || (isSpace(index) && endsSentence(at: index))
  }

  /// `. ! ?`, also before closing quotes and brackets.
  private func endsSentence(at index: Int) -> Bool {
    var last = index - 1
    while last >= 0 {
      switch bytes[last] {
      case UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "?"): return true
      case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: ")"), UInt8(ascii: "]"): last -= 1
      case ..<0x80: return false
      default:
        // ” ’ » and … ؟ । as UTF-8.
        if ends([0xE2, 0x80, 0x9D], at: last) || ends([0xE2, 0x80, 0x99], at: last) {
          last -= 3
        } else if ends([0xC2, 0xBB], at: last) {
          last -= 2
        } else {
          return ends([0xE2, 0x80, 0xA6], at: last) || ends([0xD8, 0x9F], at: last)
            || ends([0xE0, 0xA5, 0xA4], at: last)
        }
      }
    }
    return false
  }

  /// 。 ！ ？, which no space follows.
  private func endsWideSentence(at index: Int) -> Bool {
    guard index > 0, bytes[index - 1] >= 0x80 else { return false }
    return ends([0xE3, 0x80, 0x82], at: index - 1) || ends([0xEF, 0xBC, 0x81], at: index - 1)
      || ends([0xEF, 0xBC, 0x9F], at: index - 1)
  }

  private func isEmptyLine(at index: Int) -> Bool {
    guard index >= 1, bytes[index - 1] == 0x0A else { return false }
    var next = index
    while next < bytes.count {
      switch bytes[next] {
      case 0x0A: return true
      case 0x20, 0x09, 0x0D: next += 1
      default: return false
      }
    }
    return false
  }

  private func ends(_ suffix: [UInt8], at last: Int) -> Bool {
    guard last + 1 >= suffix.count, last < bytes.count, bytes[last] == suffix[suffix.count - 1]
    else { return false }
    return bytes[(last + 1 - suffix.count)...last].elementsEqual(suffix)
  }

  private func isSpace(_ index: Int) -> Bool {
    switch bytes[index] {
    case 0x20, 0x09, 0x0A, 0x0D: true
    default: false
    }
  }

  /// The quotation that holds the match, its marks included; nil where there is none within reach
  /// and within the paragraph.
  private func quotation(around match: Range<Int>) -> Range<Int>? {
    var lower = match.lowerBound
    let least = max(0, lower - Self.reach)
    while lower > least, !isEmptyLine(at: lower) { lower -= 1 }
    var upper = match.upperBound
    let most = min(bytes.count, upper + Self.reach)
    while upper < most, !isEmptyLine(at: upper) { upper += 1 }

    let before = lower..<match.lowerBound
    let after = match.upperBound..<upper
    let marks = leads(in: before) & leads(in: after)
    guard marks != 0 else { return nil }
    for mark in Self.marks where mark.lead & marks == mark.lead {
      let opening = places(of: mark.open, in: before)
      guard opening.count > 0 else { continue }
      let closing = places(of: mark.close, in: after)
      guard closing.count > 0 else { continue }
      let opened =
        mark.open == mark.close
        ? opening.count % 2 == 1
        : places(of: mark.close, in: before).last < opening.last
      if opened { return opening.last..<closing.first + mark.close.count }
    }
    return nil
  }

  /// The marks of a quotation, and the bits of the bytes with which they begin.
  private struct Marks {
    let open: Character
    let close: Character
    let lead: Int

    /// One mark as UTF-8: at most three bytes, the first lowest.
    struct Character: Equatable {
      let bytes: (UInt8, UInt8, UInt8)
      let count: Int

      init(_ text: String) {
        let utf8 = Array(text.utf8)
        bytes = (utf8[0], utf8.count > 1 ? utf8[1] : 0, utf8.count > 2 ? utf8[2] : 0)
        count = utf8.count
      }

      static func == (left: Character, right: Character) -> Bool { left.bytes == right.bytes }
    }

    init(_ open: String, _ close: String) {
      self.open = Character(open)
      self.close = Character(close)
      lead = Sentence.lead(self.open.bytes.0) | Sentence.lead(self.close.bytes.0)
    }
  }

  private static let marks = [
    Marks("\"", "\""), Marks("“", "”"), Marks("„", "“"), Marks("«", "»"), Marks("»", "«"),
    Marks("「", "」"),
  ]

  private static func lead(_ byte: UInt8) -> Int {
    switch byte {
    case 0x22: 1
    case 0xC2: 2
    case 0xE2: 4
    case 0xE3: 8
    default: 0
    }
  }

  /// The bits of the bytes that stand there and with which some mark begins: most sentences need no
  /// closer look.
  private func leads(in range: Range<Int>) -> Int {
    var found = 0
    for index in range { found |= Self.lead(bytes[index]) }
    return found
  }

  /// How often a mark stands there, and where first and last; -1 where it does not.
  private func places(of mark: Marks.Character, in range: Range<Int>)
    -> (count: Int, first: Int, last: Int)
  {
    var (count, first, last) = (0, -1, -1)
    let (one, two, three) = mark.bytes
    for index in range where bytes[index] == one && index + mark.count <= bytes.count {
      guard mark.count < 2 || bytes[index + 1] == two, mark.count < 3 || bytes[index + 2] == three
      else { continue }
      if count == 0 { first = index }
      count += 1
      last = index
    }
    return (count, first, last)
  }
}
