import Glibc

/// What tells that a file is still the one that was read.
struct FileIdentity: Sendable, Hashable {
  var device: UInt64
  var inode: UInt64
  var mode: UInt32
  var size: Int
  var modified: Int
  var changed: Int

  init(_ status: stat) {
    device = UInt64(status.st_dev)
    inode = UInt64(status.st_ino)
    mode = status.st_mode
    size = Int(status.st_size)
    modified = status.st_mtim.tv_sec &* 1_000_000_000 &+ status.st_mtim.tv_nsec
    changed = status.st_ctim.tv_sec &* 1_000_000_000 &+ status.st_ctim.tv_nsec
  }

  var isRegular: Bool { mode & S_IFMT == S_IFREG }
  var isDirectory: Bool { mode & S_IFMT == S_IFDIR }
  var isLink: Bool { mode & S_IFMT == S_IFLNK }

  /// Of an open descriptor.
  init(descriptor: Int32) throws(FileFault) {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .system("look at it") }
    self.init(status)
  }

  /// Of a name in an open directory; a link's own.
  init(directory: Int32, name: String) throws(FileFault) {
    var status = stat()
    guard fstatat(directory, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else {
      throw .system("look at it")
    }
    self.init(status)
  }
}
