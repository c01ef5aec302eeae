import Glibc

/// Why the log could not be opened, written or read.
package struct LogError: Error, Sendable, Hashable, CustomStringConvertible {
  package enum Code: String, Sendable, Hashable {
    /// A system call failed; `errno` says how.
    case system = "log.system"
    /// No room left, or a quota is used up: the same call may succeed later.
    case full = "log.full"
    /// Lines that a checkpoint seals are not there or not as they were.
    case broken = "log.broken"
    /// Not a format that this version reads.
    case format = "log.format"
    /// The signing key is damaged, or readable by others.
    case key = "log.key"
    /// Another process has this log open for writing.
    case locked = "log.locked"
    /// The writer was closed.
    case closed = "log.closed"
  }

  package var code: Code
  package var message: String
  /// The file or directory meant.
  package var path: String
  /// The sequence number of the line meant, where there is one.
  package var seq: Int?
  /// The system's error number, 0 where no call failed.
  package var errno: Int32

  package init(
    _ code: Code, _ message: String, path: String, seq: Int? = nil, errno: Int32 = 0
  ) {
    self.code = code
    self.message = message
    self.path = path
    self.seq = seq
    self.errno = errno
  }

  /// The failure of a call just made: reads `errno`.
  package static func call(_ what: String, path: String, errno number: Int32 = Glibc.errno)
    -> LogError
  {
    let full = number == ENOSPC || number == EDQUOT
    return LogError(
      full ? .full : .system, "cannot \(what): \(String(cString: strerror(number)))", path: path,
      errno: number)
  }

  package var description: String { "[\(code.rawValue)] \(path): \(message)" }
}
