import Glibc
import SluiceCore

/// A claimed item, open for judging: what is read from this descriptor is what will be placed.
///
/// Closing (the end of its life) gives up the lease that watches for writers, so ask
/// `Spool.hasWriter` before.
package struct OpenedItem: ~Copyable, Sendable {
  /// Open for reading, at byte 0, close-on-exec.
  package let descriptor: Int32
  package let identity: FileIdentity
  /// Bytes at the time of opening.
  package let size: Int
  /// Owner, group, mode (permission bits) and modification time (nanoseconds since 1970) of the
  /// file as it was dropped, also where the item was copied to an inode of ours.
  package let owner: UInt32
  package let group: UInt32
  package let mode: UInt32
  package let modified: Int64
  /// Whether `descriptor` is a copy that nobody else has a link to or a descriptor of.
  package let isCopy: Bool
  /// Whether a read lease on `descriptor` tells of writers.
  let isLeased: Bool
  /// Status of the file at the time of opening, for where there is no lease.
  let seen: FileStatus

  init(
    descriptor: Int32, status: FileStatus, dropped: FileStatus, isCopy: Bool, isLeased: Bool
  ) {
    self.descriptor = descriptor
    identity = status.identity
    size = status.size
    owner = dropped.owner
    group = dropped.group
    mode = dropped.permissions
    modified = dropped.modified
    self.isCopy = isCopy
    self.isLeased = isLeased
    seen = status
  }

  deinit { Glibc.close(descriptor) }

  /// The facts of a record, once the bytes have been hashed.
  /// - Parameter size: the bytes that were read and hashed.
  package func facts(claim: Claim, size: Int, sha256: Digest) -> ItemFacts {
    ItemFacts(
      claim: claim, device: identity.device, inode: identity.inode, size: size, sha256: sha256,
      owner: owner, group: group, mode: mode, modified: modified)
  }
}

/// What opening a claimed item gave.
package enum OpenResult: ~Copyable {
  case ready(OpenedItem)
  /// Somebody has it open for writing: ask again then (nanoseconds of the monotonic clock).
  case stillWriting(retryAt: UInt64)
  /// It has been open for writing for longer than `writerWait`: hold it (`writer.open`). The
  /// descriptor is for its facts; the bytes can still change, so nothing was copied.
  case overdue(OpenedItem)
  /// A link, folder, FIFO, socket or device; it was not opened.
  case notRegular(FileKind)
  /// Nothing is there: it was placed already.
  case gone
  /// This one file cannot be read; the system as such is well.
  case unreadable(errno: Int32)
}
