import SluiceCore

/// Makes the other views of one segment from its text, block by block, in memory that does not grow
/// with the text.
///
/// A block ends where a reader takes a breath, between two words that are spelled out; where there is
/// no such place it ends anywhere, and the next one begins with its end again, so that nothing is
/// hidden by lying across a border.
///
/// Exclusive access is not checked at run time: what is marked so is touched only in methods of this
/// type, and none of those calls out while it changes.
final class ViewMaker {
  /// Bytes of a block, and of its end in which a place to cut it is looked for.
  static let block = 16 << 10
  static let overlap = 4 << 10

  private let folded: ViewChannel
  private let joined: ViewChannel
  private let folder = Folder()
  private let joiner = Joiner()
  @exclusivity(unchecked) private var quick = QuickLook()
  @exclusivity(unchecked) private var foldedText = ViewText()
  @exclusivity(unchecked) private var joinedText = ViewText()
  @exclusivity(unchecked) private var againText = ViewText()
  /// Where `joinedText` differs; all of it where it was joined twice.
  @exclusivity(unchecked) private var changes: [Range<Int>] = []
  @exclusivity(unchecked) private var heat = DisguiseHeat()

  /// The end of the text so far, if no block has been made of it; it begins at `base`.
  @exclusivity(unchecked) private var pending: [UInt8] = []
  @exclusivity(unchecked) private var base = 0
  /// Where the text that no block was made of begins.
  var start: Int { base }

  /// The segment is disguised as honest writers do not write.
  var isDisguised: Bool { heat.isHot }

  init(output: ViewOutput) {
    folded = ViewChannel(view: .folded, output: output)
    joined = ViewChannel(view: .joined, output: output)
  }

  func begin() {
    pending.removeAll(keepingCapacity: true)
    base = 0
    heat = DisguiseHeat()
    folded.begin()
    joined.begin()
  }

  /// More of the segment's text.
  func add(_ bytes: UnsafeRawBufferPointer, last: Bool, scan: any BlockScan) {
    let text = bytes.assumingMemoryBound(to: UInt8.self)
    if pending.isEmpty { return keep(text, from: blocks(of: text, last: last, scan: scan)) }
    if text.isEmpty, last { return finishPending(scan: scan) }
    // A block is put together from pieces.
    var taken = 0
    while taken < text.count, !pending.isEmpty {
      var end = min(text.count, taken + max(1, Self.block - pending.count))
      while end < text.count, text[end] & 0xC0 == 0x80 { end += 1 }
      pending.append(contentsOf: text[taken..<end])
      taken = end
      guard pending.count >= Self.block || (last && taken == text.count) else { return }
      let whole = pending
      let used = whole.withUnsafeBufferPointer {
        blocks(of: $0, last: last && taken == text.count, scan: scan)
      }
      pending.removeFirst(used)
      if pending.count >= Self.block { continue }
      // What is left lies in the piece too, unless the piece is small.
      if pending.count <= taken {
        taken -= pending.count
        pending.removeAll(keepingCapacity: true)
      }
    }
    guard taken < text.count || last else { return }
    let rest = UnsafeBufferPointer(rebasing: text[taken...])
    keep(rest, from: blocks(of: rest, last: last, scan: scan))
  }

  /// The segment has no more text.
  func end(scan: any BlockScan) {
    finishPending(scan: scan)
    folded.end()
    joined.end()
  }

  private func finishPending(scan: any BlockScan) {
    guard !pending.isEmpty else { return }
    let whole = pending
    _ = whole.withUnsafeBufferPointer { blocks(of: $0, last: true, scan: scan) }
    pending.removeAll(keepingCapacity: true)
  }

  private func keep(_ text: UnsafeBufferPointer<UInt8>, from used: Int) {
    pending.append(contentsOf: text[used...])
  }

  /// Makes blocks of a text that begins at `base`, and moves that on.
  /// - Returns: how much of it was used.
  private func blocks(of text: UnsafeBufferPointer<UInt8>, last: Bool, scan: any BlockScan) -> Int {
    var start = 0
    while start < text.count {
      let rest = UnsafeBufferPointer(rebasing: text[start...])
      if rest.count <= Self.block {
        guard last || rest.count == Self.block else { break }
        make(rest, last: last, scan: scan)
        base += rest.count
        return text.count
      }
      let cut = BlockCut(rest, at: Self.block, within: Self.overlap)
      make(UnsafeBufferPointer(rebasing: rest[..<cut.end]), last: false, scan: scan)
      start += cut.next
      base += cut.next
    }
    return start
  }

  private func make(_ block: UnsafeBufferPointer<UInt8>, last: Bool, scan: any BlockScan) {
    quick.look(block)
    let isPlain = !quick.has(.wide) && !quick.has(.control)
    foldedText.removeAll()
    joinedText.removeAll()
    if !isPlain, folder.fold(block, at: base, into: &foldedText, heat: &heat) {
      let isJoined = foldedText.bytes.withUnsafeBufferPointer {
        let source = JoinSource($0, of: foldedText)
        quick.look($0)
        scan.encodings(in: source, quick, of: block, isWide: true, base: base)
        return join(source, scan: scan)
      }
      folded.send(foldedText, last: last)
      if isJoined {
        joined.send(joinedText, last: last)
      } else {
        joined.skip(&foldedText, last: last)
      }
    } else {
      folded.skip(block, at: base, last: last)
      let source = JoinSource(block, at: base)
      scan.encodings(in: source, quick, of: block, isWide: !isPlain, base: base)
      if join(source, scan: scan) {
        joined.send(joinedText, changes: changes, last: last)
      } else {
        joined.skip(block, at: base, last: last)
      }
    }
  }

  /// Joins a block, and once more what came of that: letters can be spread and replaced too.
  private func join(_ source: JoinSource, scan: any BlockScan) -> Bool {
    guard joiner.join(source, quick, into: &joinedText, heat: &heat) else {
      scan.letters(in: source)
      return false
    }
    againText.removeAll()
    let isAgain = joinedText.bytes.withUnsafeBufferPointer {
      let source = JoinSource($0, of: joinedText)
      quick.look($0)
      guard joiner.join(source, quick, into: &againText, heat: &heat) else {
        scan.letters(in: source)
        return false
      }
      return true
    }
    changes = isAgain ? [0..<againText.count] : joinedText.changes
    guard isAgain else { return true }
    swap(&joinedText, &againText)
    joinedText.bytes.withUnsafeBufferPointer { scan.letters(in: JoinSource($0, of: joinedText)) }
    return true
  }
}

/// Looks for encoded text in the blocks that a `ViewMaker` makes.
protocol BlockScan: AnyObject {
  /// What is encoded in a block of the text at `base`, or in what folding made of it.
  func encodings(
    in source: JoinSource, _ look: QuickLook, of block: UnsafeBufferPointer<UInt8>, isWide: Bool,
    base: Int)
  /// Letters that stand for others, and text that runs backwards, after everything else was undone.
  func letters(in source: JoinSource)
}

/// Where one block ends and the next begins.
struct BlockCut {
  let end: Int
  let next: Int

  /// - Precondition: `text` is longer than `limit`.
  init(_ text: UnsafeBufferPointer<UInt8>, at limit: Int, within reach: Int) {
    // Looks for `xyz abc`: white space between words of three letters and more.
    var index = limit
    while index > limit - reach {
      if text[index] == 0x20 || text[index] == 0x0A,
        Self.isWord(text, index - 3..<index), Self.isWord(text, index + 1..<index + 4)
      {
        (end, next) = (index, index)
        return
      }
      // Lines of Base64 or of digits come apart between two of them too.
      if text[index] == 0x0A, Self.isSolid(text, index + 1..<index + 17) {
        let line = text[index - 1] == 0x0D ? index - 1 : index
        if Self.isSolid(text, line - 16..<line) {
          (end, next) = (index, index)
          return
        }
      }
      index -= 1
    }
    func whole(_ index: Int) -> Int {
      var index = index
      while index > 0, text[index] & 0xC0 == 0x80 { index -= 1 }
      return index
    }
    end = whole(limit)
    next = whole(limit - reach)
  }

  private static func isSolid(_ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
    range.lowerBound >= 0 && range.upperBound <= text.count
      && range.allSatisfy { RunDecoders.base64[Int(text[$0])] < 64 }
  }

  private static func isWord(_ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
    range.lowerBound >= 0 && range.upperBound <= text.count
      && range.allSatisfy { text[$0].isASCIILetter || text[$0] >= 0x80 }
  }
}
