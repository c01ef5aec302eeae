import Glibc

/// A read or a look at an open item that failed.
package struct ReadFailure: Error, Sendable, Hashable, CustomStringConvertible {
  /// What was being done: `read`, `stat`, `start` (the child that opens formats).
  package var operation: String
  /// As the system gave it (`errno`).
  package var errno: Int32
  /// The byte at which it failed.
  package var offset: Int

  /// More than the system says; empty where there is none.
  package var detail = ""

  package init(operation: String, errno: Int32, offset: Int = 0) {
    self.operation = operation
    self.errno = errno
    self.offset = offset
  }

  /// The child that opens formats cannot be started: no item's fault.
  package init(starting program: String, errno: Int32, _ detail: String) {
    self.init(operation: "start", errno: errno)
    self.detail =
      "cannot start \(program): " + (detail.isEmpty ? String(cString: strerror(errno)) : detail)
  }

  /// A file that claims more than `limits.file_bytes` and is mostly holes.
  init(holesOf size: Int) {
    self.init(operation: "read", errno: EFBIG)
    detail =
      "it claims \(size) bytes, most of them holes: above limits.file_bytes such a file is not read"
  }

  /// Stable: `extract.read`, `extract.stat`, `extract.start`.
  package var code: String { "extract." + operation }

  /// Whether only this item is at fault (a bad block, not a file), so that it alone is held.
  /// Otherwise the system is, and work should pause: every other item would fail as well.
  package var isItemFault: Bool {
    guard operation != "start" else { return false }
    return switch errno {
    case EIO, EISDIR, EINVAL, EOVERFLOW, EFBIG, ENXIO, ESPIPE, EBADMSG, ENODATA, EUCLEAN,
      EREMOTEIO, EACCES, EPERM:
      true
    default: false
    }
  }

  package var message: String {
    detail.isEmpty
      ? "cannot \(operation) the item at byte \(offset): \(String(cString: strerror(errno)))"
      : detail
  }

  package var description: String { "[\(code)] \(message)" }
}
