import Glibc
import SluiceCore

/// A file in `incoming/` that may be ready to be claimed.
struct Candidate {
  /// How it was noticed, which says what is known of its writers.
  enum Notice {
    case scan
    /// One of its writers has closed it.
    case closed
    /// It came by a rename.
    case moved
    /// It appeared by other means: a link, a FIFO.
    case made
  }

  /// Below `incoming/`.
  var path: FilePath
  var notice: Notice
  /// When it was noticed.
  var time: Timestamp
}

/// What a look at a candidate gave.
enum Look {
  case ready(FileStatus)
  /// Somebody can write to it; not before the next close or look.
  case writer(FileStatus)
  /// Its writers cannot be seen: it must be still for so long (nanoseconds).
  case unsettled(FileStatus, nanoseconds: UInt64)
  case folder
  case gone
  case unclaimable(Unclaimable.Reason, String)
}

/// Looks at a file without following or opening anything but a regular file.
struct Inspector {
  var calls: FileCalls
  var clock: Clock
  var settle: UInt64

  func look(_ folder: Int32, _ name: FilePath, _ notice: Candidate.Notice, path: FilePath)
    throws(SpoolError) -> Look
  {
    let handle = calls.handle(folder, name)
    if handle < 0 { return try refused(-handle, path) }
    let file = Descriptor(handle)
    let status = try calls.status(of: file.number, path)
    switch status.kind {
    case .regular: break
    case .folder: return .folder
    default: return .unclaimable(.notRegular, "a \(status.kind.rawValue) is never opened")
    }
    let opened = calls.reopen(file.number)
    // Its owner's write lease; the kernel takes it away in a while.
    if opened == -EAGAIN { return .writer(status) }
    if opened < 0 { return try refused(-opened, path) }
    let reader = Descriptor(opened)
    let lease = calls.takeLease(reader.number)
    if lease >= 0 { return .ready(status) }
    if lease == -EAGAIN { return .writer(status) }
    guard Spool.meansNoLease(lease) else { throw SpoolError("lease", path, errno: -lease) }
    return stillness(status, notice)
  }

  /// Where writers cannot be seen, times tell. The change time is the kernel's own and goes forward
  /// with every write, so that nothing has to be remembered between two looks; only a rename sets it
  /// too, and then the modification time stands in.
  private func stillness(_ status: FileStatus, _ notice: Candidate.Notice) -> Look {
    let last: Int64
    switch notice {
    case .closed: return .ready(status)
    case .moved: last = status.modified
    case .scan, .made: last = status.changed
    }
    let age = clock.now().microseconds &* 1000 &- last
    if age >= Int64(clamping: settle) { return .ready(status) }
    // Ahead of the clock, which was set back: a whole time of stillness, counted by whoever waits.
    return .unsettled(status, nanoseconds: age < 0 ? settle : settle - UInt64(age))
  }

  private func refused(_ code: Int32, _ path: FilePath) throws(SpoolError) -> Look {
    switch code {
    case ENOENT, ENOTDIR: return .gone
    case EACCES, EPERM:
      return .unclaimable(.unreadable, "may not be read: \(SpoolError.reason(code))")
    default:
      if SpoolError.isSystemFault(code) && code != EIO {
        throw SpoolError("look at", path, errno: code)
      }
      return .unclaimable(.unreadable, SpoolError.reason(code))
    }
  }
}
