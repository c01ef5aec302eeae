import Glibc

/// Wakes when a log grows or its next file is started, without asking again and again.
package final class LogWatch: Sendable {
  private let descriptor: Int32

  /// Watches a log's directory. Made before the reader comes to the end, so that nothing is missed.
  package init(_ directory: String) throws(LogError) {
    descriptor = inotify_init1(Int32(IN_CLOEXEC) | Int32(IN_NONBLOCK))
    guard descriptor >= 0 else { throw .call("watch", path: directory) }
    let events = UInt32(IN_MODIFY | IN_MOVED_TO | IN_CREATE | IN_ONLYDIR)
    guard inotify_add_watch(descriptor, directory, events) >= 0 else {
      let failure = LogError.call("watch", path: directory)
      close(descriptor)
      throw failure
    }
  }

  deinit { close(descriptor) }

  /// Waits for a change since the last call.
  /// - Parameter milliseconds: -1 waits for ever.
  /// - Returns: false when the time was over or a signal came.
  package func wait(milliseconds: Int32 = -1) -> Bool {
    var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    guard poll(&waiting, 1, milliseconds) > 0 else { return false }
    var buffer = [UInt8](repeating: 0, count: 65536)
    while read(descriptor, &buffer, buffer.count) > 0 {}
    return true
  }
}
