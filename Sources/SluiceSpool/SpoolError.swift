import Glibc
import SluiceCore

/// What went wrong in the spool: which call on which path, and whose fault it is.
package struct SpoolError: Error, Sendable, Hashable, CustomStringConvertible {
  package enum Code: String, Sendable, Hashable {
    /// The spool's path is no directory, or its last part is a symbolic link.
    case notDirectory = "spool.not-a-directory"
    case isLink = "spool.is-a-link"
    /// A network file system, or one without the calls that claims stand on.
    case unsuitable = "spool.unsuitable-file-system"
    case notOneFileSystem = "spool.not-one-file-system"
    /// The layout was written by a newer version of Sluice.
    case newerFormat = "spool.newer-format"
    case damagedFormat = "spool.damaged-format"
    /// Another process owns the spool; `owner` has its pid.
    case owned = "spool.owned"
    /// A directory of the spool belongs to another user, or is open to others.
    case notOurs = "spool.not-ours"
    /// The machine, not an item: descriptors, memory, space, quota, a failing or read-only disk.
    case system = "spool.system"
    /// There is already something under that name; nothing was changed.
    case exists = "spool.exists"
    /// The claimed file is not in its place in `work/`.
    case gone = "spool.gone"
    /// What lies in `work/` is not the file that was judged.
    case changed = "spool.changed"
    /// The call was refused for this one file or folder.
    case refused = "spool.refused"
  }

  package var code: Code
  /// One sentence for a person, with the path and the system's reason.
  package var message: String
  /// 0 where no system call failed.
  package var errno: Int32
  /// The pid of the process that owns the spool (`owned` only).
  package var owner: Int32?

  package init(_ code: Code, _ message: String, errno: Int32 = 0, owner: Int32? = nil) {
    self.code = code
    self.message = message
    self.errno = errno
    self.owner = owner
  }

  /// A failed call. The code follows from `errno`: a fault of the system, or refused for this path.
  package init(_ call: String, _ path: some Collection<UInt8>, errno: Int32) {
    code = Self.isSystemFault(errno) ? .system : errno == EEXIST ? .exists : .refused
    message = "\(call) \(Display.name(path)): \(Self.reason(errno))"
    self.errno = errno
  }

  package init(_ call: String, _ path: String, errno: Int32) {
    self.init(call, Array(path.utf8), errno: errno)
  }

  /// Whether the work must pause until the machine is well again, instead of blaming the item.
  package var isSystemFault: Bool { code == .system }

  package var description: String { "[\(code.rawValue)] \(message)" }

  /// Whether `errno` speaks of the machine rather than of the one file the call was about. A read
  /// error (`EIO`) inside an item is reported as the item's by whoever reads it.
  package static func isSystemFault(_ errno: Int32) -> Bool {
    switch errno {
    case EMFILE, ENFILE, ENOMEM, ENOBUFS, ENOSPC, EDQUOT, EIO, EROFS, ESTALE, ENOLCK, ENODEV,
      ENXIO, EINTR, EAGAIN, EBADF, ENOSYS, ESHUTDOWN:
      true
    default: false
    }
  }

  static func reason(_ errno: Int32) -> String { String(cString: strerror(errno)) }
}
