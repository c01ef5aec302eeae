import SluiceCore

/// Sends one view of a segment to the sink: only the blocks in which it differs from what it is made
/// of, each with the block before and the one after it, so that every match that touches a difference
/// lies whole in the view.
///
/// Between stretches that do not adjoin stand more NULs than a pattern can be wide: no match reaches
/// from one into the other, and the edge of a stretch is no edge of the segment.
final class ViewChannel {
  /// The most characters a pattern can look at.
  static let gap = 2048

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

  init(view: View, output: ViewOutput) {
    self.view = view
    self.output = output
  }

  func begin() {
    (isBegun, isComplete, isOpen, isTrailing, hasSkipped) = (false, false, false, false, false)
    kept.removeAll()
  }

  /// Bytes around what differs that are sent with it.
  static let reach = 2 * gap

  /// A block in which the view differs between `changed`, and is the text itself elsewhere.
  func send(_ block: ViewText, changed: Range<Int>, last: Bool) {
    // What lies within reach of a border is sent up to it.
    let start = changed.lowerBound >= 2 * Self.reach ? changed.lowerBound - Self.reach : 0
    let isCut = block.count - changed.upperBound >= 2 * Self.reach
    let end = isCut ? changed.upperBound + Self.reach : block.count
    guard start > 0 || isCut else { return send(block, last: last) }
    if start > 0 {
      kept.removeAll()
      (hasSkipped, isOpen) = (true, false)
    }
    send(block.part(start..<end), last: last && !isCut)
    guard isCut else { return }
    // It can be what stands before the next difference.
    kept = block.part(block.count - Self.reach..<block.count)
    (hasSkipped, isOpen, isTrailing) = (true, false, false)
  }

  /// A block in which the view differs.
  func send(_ block: ViewText, last: Bool) {
    if !isOpen, hasSkipped || isBegun { sendGap(before: kept.isEmpty ? block : kept) }
    if !kept.isEmpty {
      let start = kept.count > Self.reach ? kept.count - Self.reach : 0
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
    guard kept.count > 2 * Self.reach else {
      deliver(kept, last: last)
      kept.removeAll()
      return
    }
    deliver(kept.part(0..<Self.reach), last: false)
    kept = kept.part(kept.count - Self.reach..<kept.count)
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
    filler.appendGap(at: next.runs.first?.origin ?? 0, count: Self.gap)
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
