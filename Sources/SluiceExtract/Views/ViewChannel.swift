import SluiceCore

/// Sends one view of a segment to the sink: only what lies around the places in which it differs from
/// what it is made of, with as many characters before and after it as a pattern can look at, so that
/// every match that touches a difference lies whole in the view.
///
/// Between stretches that do not adjoin stand more NULs than a pattern can be wide: no match reaches
/// from one into the other, and the edge of a stretch is no edge of the segment.
final class ViewChannel {
  /// The most characters that a pattern can look at.
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

  /// Characters around what differs that are sent with it.
  static let reach = gap + 1

  /// A block in which the view differs between `changed`, and is the text itself elsewhere.
  func send(_ block: ViewText, changed: Range<Int>, last: Bool) {
    // What is little more than that is sent up to the border.
    let near = block.start(of: 2 * Self.reach, before: changed.lowerBound)
    let start = near > 0 ? block.start(of: Self.reach, before: changed.lowerBound) : 0
    let far = block.end(of: 2 * Self.reach, after: changed.upperBound)
    let isCut = far < block.count
    let end = isCut ? block.end(of: Self.reach, after: changed.upperBound) : block.count
    guard start > 0 || isCut else { return send(block, last: last) }
    if start > 0 {
      kept.removeAll()
      (hasSkipped, isOpen) = (true, false)
    }
    send(block.part(start..<end), last: last && !isCut)
    guard isCut else { return }
    // It can be what stands before the next difference.
    kept = block.part(block.start(of: Self.reach, before: block.count)..<block.count)
    (hasSkipped, isOpen, isTrailing) = (true, false, false)
  }

  /// A block in which the view differs.
  func send(_ block: ViewText, last: Bool) {
    if !isOpen, hasSkipped || isBegun { sendGap(before: kept.isEmpty ? block : kept) }
    if !kept.isEmpty {
      let start = kept.start(of: Self.reach, before: kept.count)
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
    let end = kept.end(of: Self.reach, after: 0)
    let start = kept.start(of: Self.reach, before: kept.count)
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
