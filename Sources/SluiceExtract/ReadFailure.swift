import Glibc

/// A read or a look at an open item that failed.
package struct ReadFailure: Error, Sendable, Hashable, CustomStringConvertible {
  /// What was being done: `read`, `stat`.
  package var operation: String
  /// As the system gave it (`errno`).
  package var errno: Int32
  /// The byte at which it failed.
  package var offset: Int

  package init(operation: String, errno: Int32, offset: Int = 0) {
    self.operation = operation
    self.errno = errno
    self.offset = offset
  }

  /// Stable: `extract.read`, `extract.stat`.
  package var code: String { "extract." + operation }

  /// Whether only this item is at fault (a bad block, not a file), so that it alone is held.
  /// Otherwise the system is, and work should pause: every other item would fail as well.
  package var isItemFault: Bool {
    switch errno {
    case EIO, EISDIR, EINVAL, EOVERFLOW, EFBIG, ENXIO, ESPIPE, EBADMSG, ENODATA, EUCLEAN,
      EREMOTEIO, EACCES, EPERM:
      true
    default: false
    }
  }

  package var message: String {
    "cannot \(operation) the item at byte \(offset): \(String(cString: strerror(errno)))"
  }

  package var description: String { "[\(code)] \(message)" }
}
