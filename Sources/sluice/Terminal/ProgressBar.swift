import SluiceCore

/// A bar on standard error, on a terminal only; redrawn at most ten times a second.
struct ProgressBar {
  private let total: Int
  private var drawn: UInt64 = 0
  private let visible: Bool

  init(total: Int) {
    self.total = total
    visible = Terminal.errorIsTerminal && total > 1
  }

  mutating func show(_ done: Int, found: Int) {
    show(done, "\(done)/\(total) files, \(found) found")
  }

  /// - Parameter note: what stands behind the bar.
  mutating func show(_ done: Int, _ note: String) {
    guard visible else { return }
    let now = Clock.system.monotonic()
    guard now &- drawn > 100_000_000 || done == total else { return }
    drawn = now
    let filled = total == 0 ? 30 : done * 30 / total
    let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: 30 - filled)
    Terminal.draw("\r\(bar) \(note)")
  }

  func clear() {
    if visible { Terminal.draw("\r\u{1B}[K") }
  }
}
