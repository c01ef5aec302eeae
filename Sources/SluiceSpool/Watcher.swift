import CSluiceSystem
import Glibc

/// inotify on the folders of `incoming/`, and a wake-up from other threads.
///
/// Events are hints only: what is claimed is found by looking at the folder itself.
final class Watcher: Sendable {
  private let watch: Descriptor
  private let wake: Descriptor
  private let calls: FileCalls

  struct Event {
    /// The folder, as `add` numbered it; -1 for an overflow of the queue.
    var folder: Int32
    var mask: UInt32
    var name: FilePath

    func has(_ bits: Int32) -> Bool { mask & UInt32(bitPattern: bits) != 0 }
  }

  init(calls: FileCalls) throws(SpoolError) {
    let what = FilePath("inotify".utf8)
    watch = Descriptor(try calls.check(sluice_watch_open(), "open", what))
    wake = Descriptor(try calls.check(sluice_wake_open(), "open", FilePath("eventfd".utf8)))
    self.calls = calls
  }

  /// Watches an open folder. The same folder keeps its number.
  /// - Returns: nil when the system's limit of watches is reached.
  func add(_ folder: Int32, path: @autoclosure () -> FilePath) throws(SpoolError) -> Int32? {
    let number = calls.watch(watch.number, folder)
    if number == -ENOSPC { return nil }
    // Gone again, or closed to us: the reader of the folder reports it.
    if number == -ENOENT || number == -EACCES { return nil }
    return try calls.check(number, "watch", path())
  }

  func remove(_ number: Int32) { _ = sluice_watch_remove(watch.number, number) }

  /// Waits for an event or a wake-up, at most until the timeout, which is rounded up.
  func wait(nanoseconds: UInt64) throws(SpoolError) {
    let milliseconds = Int32(clamping: (nanoseconds + 999_999) / 1_000_000)
    let ready = sluice_wait(watch.number, wake.number, milliseconds)
    try calls.check(ready, "wait for", FilePath("events".utf8))
    if ready & 2 != 0 {
      var count: UInt64 = 0
      _ = read(wake.number, &count, 8)
    }
  }

  /// Makes `wait` return, now or the next time.
  func interrupt() {
    var one: UInt64 = 1
    _ = write(wake.number, &one, 8)
  }

  /// Hands on the events that have come, at most some thousand; does not wait.
  func drain(_ body: (Event) -> Void) throws(SpoolError) {
    let header = MemoryLayout<inotify_event>.size
    try withUnsafeTemporaryAllocation(byteCount: 64 << 10, alignment: 8) {
      (buffer) throws(SpoolError) in
      for _ in 0..<4 {
        let count = read(watch.number, buffer.baseAddress, buffer.count)
        if count < 0 {
          if errno == EAGAIN || errno == EINTR { return }
          throw SpoolError("read", "inotify", errno: errno)
        }
        var offset = 0
        while offset + header <= count {
          let event = buffer.loadUnaligned(fromByteOffset: offset, as: inotify_event.self)
          let name = buffer[(offset + header)..<(offset + header + Int(event.len))]
          body(Event(folder: event.wd, mask: event.mask, name: FilePath(name.prefix { $0 != 0 })))
          offset += header + Int(event.len)
        }
      }
    }
  }
}
