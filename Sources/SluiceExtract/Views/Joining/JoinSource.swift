import SluiceCore

/// A block that letters are joined in: of the text itself, or of the view `folded`.
struct JoinSource {
  let bytes: UnsafeBufferPointer<UInt8>
  private let base: Int
  private let runs: [OffsetMap.Run]

  /// A block of the text, from `base` on.
  init(_ bytes: UnsafeBufferPointer<UInt8>, at base: Int) {
    self.bytes = bytes
    self.base = base
    runs = []
  }

  /// A block of a view. `bytes` are those of `view`.
  init(_ bytes: UnsafeBufferPointer<UInt8>, of view: ViewText) {
    self.bytes = bytes
    base = 0
    runs = view.runs
  }

  /// The bytes of the text that a range of the block stands for.
  func span(of range: Range<Int>) -> Range<Int> {
    guard !runs.isEmpty else { return base + range.lowerBound..<base + range.upperBound }
    let first = runs[index(of: range.lowerBound)]
    let last = runs[index(of: range.upperBound - 1)]
    let start =
      first.origin + (range.lowerBound - first.text) / first.textStep * first.originStep
    let end =
      last.origin + ((range.upperBound - 1 - last.text) / last.textStep + 1) * last.originStep
    return start..<max(start, end)
  }

  /// Copies a range as it stands.
  func copy(_ range: Range<Int>, into text: inout ViewText) {
    guard !range.isEmpty else { return }
    guard !runs.isEmpty else {
      return text.copy(UnsafeBufferPointer(rebasing: bytes[range]), at: base + range.lowerBound)
    }
    var start = range.lowerBound
    var index = index(of: start)
    while start < range.upperBound {
      let run = runs[index]
      let next = index + 1 < runs.count ? runs[index + 1].text : bytes.count
      let end = min(next, range.upperBound)
      text.copy(
        UnsafeBufferPointer(rebasing: bytes[start..<end]), run: run, from: start - run.text)
      start = end
      index += 1
    }
  }

  private func index(of offset: Int) -> Int {
    var low = 0
    var high = runs.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if runs[middle].text <= offset { low = middle } else { high = middle }
    }
    return low
  }
}
