import Glibc
import SluiceCore

/// What kind of thing a name stands for.
package enum FileKind: String, Sendable, Hashable {
  case regular, folder, link, fifo, socket, device, unknown

  init(mode: UInt32) {
    switch mode & UInt32(S_IFMT) {
    case UInt32(S_IFREG): self = .regular
    case UInt32(S_IFDIR): self = .folder
    case UInt32(S_IFLNK): self = .link
    case UInt32(S_IFIFO): self = .fifo
    case UInt32(S_IFSOCK): self = .socket
    case UInt32(S_IFCHR), UInt32(S_IFBLK): self = .device
    default: self = .unknown
    }
  }
}

/// The part of `stat` that the spool looks at.
package struct FileStatus: Sendable, Hashable {
  package var identity: FileIdentity
  package var kind: FileKind
  /// Permission bits, with set-id and sticky.
  package var permissions: UInt32
  package var links: Int
  package var owner: UInt32
  package var group: UInt32
  /// Bytes.
  package var size: Int
  /// Bytes on the disk.
  package var allocated: Int
  /// Nanoseconds since 1970.
  package var accessed: Int64
  package var modified: Int64
  package var changed: Int64

  init(_ stat: stat) {
    identity = FileIdentity(device: UInt64(stat.st_dev), inode: UInt64(stat.st_ino))
    kind = FileKind(mode: stat.st_mode)
    permissions = stat.st_mode & 0o7777
    links = Int(stat.st_nlink)
    owner = stat.st_uid
    group = stat.st_gid
    size = Int(stat.st_size)
    allocated = Int(stat.st_blocks) * 512
    accessed = Self.nanoseconds(stat.st_atim)
    modified = Self.nanoseconds(stat.st_mtim)
    changed = Self.nanoseconds(stat.st_ctim)
  }

  /// Whether nothing was written between the two looks, as far as times and size tell.
  func isStill(since earlier: FileStatus) -> Bool {
    identity == earlier.identity && size == earlier.size && modified == earlier.modified
      && changed == earlier.changed
  }

  private static func nanoseconds(_ time: timespec) -> Int64 {
    Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
  }
}
