import CSluiceSystem
import Glibc
import SluiceCore

/// Calls on files of one open folder, by name, without ever following a link. The descriptor is
/// borrowed: whoever opened it keeps it open.
struct Folder: Sendable {
  let descriptor: Int32

  struct Facts {
    var device: UInt64
    var inode: UInt64
    var size: Int
    var owner: UInt32
    var group: UInt32
    /// With the type bits.
    var mode: UInt32
    /// Nanoseconds since 1970.
    var modified: Int64
    var isRegular: Bool { mode & UInt32(Glibc.S_IFMT) == UInt32(Glibc.S_IFREG) }
  }

  /// Facts of a name, of a link itself where it is one; nil where there is none.
  func facts(_ name: [UInt8]) throws(ActionError) -> Facts? {
    var status = stat()
    if named(name, { fstatat(descriptor, $0, &status, AT_SYMLINK_NOFOLLOW) }) == 0 {
      return Self.facts(status)
    }
    if errno == ENOENT || errno == ENOTDIR || errno == ENAMETOOLONG { return nil }
    throw ActionError(system: "look at \(Display.name(name))")
  }

  static func facts(of descriptor: Int32) throws(ActionError) -> Facts {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw ActionError(system: "look at an open file") }
    return facts(status)
  }

  /// The open file; nil where there is none. The caller closes it.
  func open(_ name: [UInt8], _ flags: Int32 = O_RDONLY) throws(ActionError) -> OpenFile? {
    let file = retrying {
      named(name) { openat(descriptor, $0, flags | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK, 0o600) }
    }
    if file >= 0 { return OpenFile(descriptor: file) }
    if errno == ENOENT { return nil }
    throw ActionError(system: "open \(Display.name(name))")
  }

  /// A whole small file; nil where there is none.
  func read(_ name: [UInt8], limit: Int = 16 << 20) throws(ActionError) -> [UInt8]? {
    guard let file = try open(name) else { return nil }
    let facts = try Self.facts(of: file.descriptor)
    guard facts.isRegular, facts.size <= limit else {
      throw ActionError(.malformed, "\(Display.name(name)) is not the small file it should be")
    }
    return try file.readAll(upTo: limit)
  }

  /// Whether a file was there.
  @discardableResult func remove(_ name: [UInt8]) throws(ActionError) -> Bool {
    if named(name, { unlinkat(descriptor, $0, 0) }) == 0 { return true }
    if errno == ENOENT { return false }
    throw ActionError(system: "remove \(Display.name(name))")
  }

  enum Renamed { case done, exists, gone }

  /// One rename that never writes over anything.
  func rename(_ name: [UInt8], to folder: Folder, as other: [UInt8]) throws(ActionError) -> Renamed
  {
    let result = named(name) { from in
      named(other) { sluice_rename_noreplace(descriptor, from, folder.descriptor, $0) }
    }
    if result == 0 { return .done }
    switch errno {
    case EEXIST: return .exists
    case ENOENT: return .gone
    default: throw ActionError(system: "rename \(Display.name(name)) to \(Display.name(other))")
    }
  }

  /// A rename of a file of ours over one of ours.
  func replace(_ name: [UInt8], to folder: Folder, as other: [UInt8]) throws(ActionError) {
    let result = named(name) { from in
      named(other) { renameat(descriptor, from, folder.descriptor, $0) }
    }
    if result != 0 { throw ActionError(system: "rename to \(Display.name(other))") }
  }

  func sync() throws(ActionError) {
    guard fsync(descriptor) == 0 else { throw ActionError(failedSync: "sync a folder") }
  }

  /// The names in this folder, `.` and `..` left out.
  func names(_ body: ([UInt8]) throws(ActionError) -> Void) throws(ActionError) {
    let copy = openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard copy >= 0, let stream = fdopendir(copy) else {
      throw ActionError(system: "list a folder")
    }
    defer { closedir(stream) }
    errno = 0
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
      if name != [46], name != [46, 46] { try body(name) }
      errno = 0
    }
    if errno != 0 { throw ActionError(system: "list a folder") }
  }

  private static func facts(_ status: stat) -> Facts {
    Facts(
      device: UInt64(status.st_dev), inode: UInt64(status.st_ino), size: Int(status.st_size),
      owner: status.st_uid, group: status.st_gid, mode: status.st_mode,
      modified: Int64(status.st_mtim.tv_sec) * 1_000_000_000 + Int64(status.st_mtim.tv_nsec))
  }
}

/// A call with a name of any bytes as a C string.
func named<Result>(_ name: [UInt8], _ body: (UnsafePointer<CChar>) -> Result) -> Result {
  (name + [0]).withUnsafeBufferPointer { buffer in
    buffer.baseAddress!.withMemoryRebound(to: CChar.self, capacity: buffer.count) { body($0) }
  }
}

/// A call again for as long as a signal cuts it off.
func retrying<Result: SignedInteger>(_ body: () -> Result) -> Result {
  while true {
    let result = body()
    if result != -1 || errno != EINTR { return result }
  }
}

extension ActionError {
  /// A call failed with the `errno` of now.
  init(system what: String) {
    let number = Glibc.errno
    self.init(.system, "cannot \(what): \(String(cString: strerror(number)))", errno: number)
  }

  init(failedSync what: String) {
    let number = Glibc.errno
    self.init(
      .system, "cannot \(what): \(String(cString: strerror(number)))", errno: number,
      failedSync: true)
  }

  /// The machine's trouble, not the item's: the work pauses and goes on when it has passed.
  package var isSystemFault: Bool {
    guard let errno else { return code == .log || code == .spool }
    switch errno {
    case ENOSPC, EDQUOT, EIO, EROFS, EMFILE, ENFILE, ENOMEM, ESTALE, ENODEV, ENXIO, ENOLCK,
      EINTR, EAGAIN, EBUSY:
      return true
    default: return failedSync || code == .log
    }
  }
}
