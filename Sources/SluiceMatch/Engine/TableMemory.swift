/// Copies of arrays at addresses that stay, for tables that many threads and C read; freed with it.
///
/// Unchecked: its list is only written while the table that owns it is made.
final class TableMemory: @unchecked Sendable {
  private var parts: [UnsafeMutableRawPointer] = []

  /// For plain values; there is an address also where there is no element.
  func keep<Element: BitwiseCopyable>(_ elements: [Element]) -> UnsafePointer<Element> {
    let copy = UnsafeMutablePointer<Element>.allocate(capacity: max(1, elements.count))
    copy.initialize(from: elements, count: elements.count)
    parts.append(UnsafeMutableRawPointer(copy))
    return UnsafePointer(copy)
  }

  deinit { for part in parts { part.deallocate() } }
}
