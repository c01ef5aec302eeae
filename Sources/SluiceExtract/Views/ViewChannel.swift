import SluiceCore

/// Sends one view of a segment to the sink: only what lies around the places in which it differs from
/// what it is made of, with as many characters before and after it as a pattern can look at, so that
/// every match that touches a difference lies whole in the view.
///
/// Between stretches that do not adjoin stand more NULs than a pattern can be wide: no match reaches
/// from one into the other, and the edge of a stretch is no edge of the segment.
final class ViewChannel {
  let view: View
  private let output: ViewOutput
  @exclusivity(unchecked) private var isBegun = false
  @exclusivity(unchecked) private var isComplete = false
  /// The stretch that was sent last ends where the next block begins.
  @exclusivity(unchecked) private var isOpen = false
  /// The next block follows one that differs.
  @exclusivity(unchecked) private var isTrailing = false
  /// Something lies before the next block that was not sent.
  @exclusivity(unchecked) private var hasSkipped = false
  /// The block before, if it was not sent.
  @exclusivity(unchecked) private var kept = ViewText()
  @exclusivity(unchecked) private var filler = ViewText()
  /// Characters around what differs that are sent with it: more than a pattern can look at.
  @exclusivity(unchecked) private var reach = 0

  init(view: View, output: ViewOutput) {
    self.view = view
    self.output = output
  }

  func begin() {
    (isBegun, isComplete, isOpen, isTrailing, hasSkipped) = (false, false, false, false, false)
    kept.removeAll()
    reach = (output.sink?.reach(in: view) ?? 0) + 1
  }

  /// A block in which the view differs at some places, in order, and is the text itself elsewhere.
  func send(_ block: ViewText, changes: [Range<Int>], last: Bool) {
    let stretches = stretches(
      of: block, around: changes.isEmpty ? [0..<block.count] : changes)
    for stretch in stretches {
      if stretch.lowerBound > 0 {
        kept.removeAll()
        (hasSkipped, isOpen) = (true, false)
      }
      let isCut = stretch.upperBound < block.count
      let isWhole = stretch.lowerBound == 0 && !isCut
      send(isWhole ? block : block.part(stretch), last: last && !isCut)
      if isCut { (hasSkipped, isOpen, isTrailing) = (true, false, false) }
    }
    if stretches.last.map({ $0.upperBound < block.count }) ?? true {
      // It can be what stands before the next difference.
      kept = block.part(block.start(of: reach, before: block.count)..<block.count)
    }
  }

  /// What to send of a block. Where it is little more than that, it goes up to the border or to the next
  /// place: a gap would take as much.
  private func stretches(of block: ViewText, around changes: [Range<Int>]) -> [Range<Int>] {
    var stretches: [Range<Int>] = []
    for change in changes {
      var start = block.start(of: reach, before: change.lowerBound)
      var end = block.end(of: reach, after: change.upperBound)
      if block.start(of: reach, before: start) == 0 { start = 0 }
      if block.end(of: reach, after: end) == block.count { end = block.count }
      if let previous = stretches.last, start - previous.upperBound < reach {
        stretches[stretches.count - 1] = previous.lowerBound..<end
      } else {
        stretches.append(start..<end)
      }
    }
    return stretches
  }

  /// A block in which the view differs.
  func send(_ block: ViewText, last: Bool) {
    if !isOpen, hasSkipped || isBegun { sendGap(before: kept.isEmpty ? block : kept) }
    if !kept.isEmpty {
      let start = kept.start(of: reach, before: kept.count)
      deliver(start > 0 ? kept.part(start..<kept.count) : kept, last: false)
      kept.removeAll()
    }
    deliver(block, last: last)
    (isOpen, isTrailing) = (true, true)
  }

  /// A block in which it does not differ: of the text itself, from `base` on.
  func skip(_ block: UnsafeBufferPointer<UInt8>, at base: Int, last: Bool) {
    if isTrailing || !last {
      dropKept()
      kept.copy(block, at: base)
    }
    settle(last: last)
  }

  /// A block in which it does not differ from a view that does; takes the block's text.
  func skip(_ block: inout ViewText, last: Bool) {
    dropKept()
    swap(&kept, &block)
    settle(last: last)
  }

  /// The segment ends; nothing comes after what was sent.
  func end() {
    guard isBegun, !isComplete else { return }
    if !isOpen { sendGap(before: kept) }
    output.sink?.view(
      view, UnsafeRawBufferPointer(start: nil, count: 0), map: OffsetMap(), last: true)
    isComplete = true
  }

  private func settle(last: Bool) {
    guard isTrailing else { return }
    isTrailing = false
    let end = kept.end(of: reach, after: 0)
    let start = kept.start(of: reach, before: kept.count)
    guard end < start else {
      deliver(kept, last: last)
      kept.removeAll()
      return
    }
    deliver(kept.part(0..<end), last: false)
    kept = kept.part(start..<kept.count)
    (hasSkipped, isOpen) = (true, false)
  }

  private func dropKept() {
    guard !kept.isEmpty else { return }
    hasSkipped = true
    isOpen = false
    kept.removeAll()
  }

  private func sendGap(before next: ViewText) {
    filler.removeAll()
    filler.appendGap(at: next.runs.first?.origin ?? 0, count: reach)
    deliver(filler, last: false)
  }

  private func deliver(_ text: ViewText, last: Bool) {
    guard !text.isEmpty || last, !isComplete else { return }
    isBegun = true
    isComplete = last
    text.bytes.withUnsafeBytes { bytes in
      output.sink?.view(
        view, bytes, map: text.runs.isEmpty ? OffsetMap() : OffsetMap(runs: text.runs), last: last)
    }
  }
}
