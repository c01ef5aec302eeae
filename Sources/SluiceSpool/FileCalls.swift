import CSluiceSystem
import Glibc

/// A name or path as the system takes it: any bytes but NUL.
package typealias FilePath = [UInt8]

/// The system calls of the spool that can fail, as values that a test can replace.
///
/// Each gives a value of at least 0, or -1 times errno. Directories come first, then names.
package struct FileCalls: Sendable {
  package typealias Named = @Sendable (_ directory: Int32, _ name: FilePath) -> Int32
  package typealias Made = @Sendable (_ directory: Int32, _ name: FilePath, UInt32) -> Int32
  package typealias Moved = @Sendable (Int32, FilePath, Int32, FilePath) -> Int32
  package typealias Held = @Sendable (_ descriptor: Int32) -> Int32

  /// A descriptor that stands for what the name names, without opening it.
  package var handle: Named = { d, n in n.withCPath { sluice_file_handle(d, $0) } }
  /// Opens for reading what a handle stands for.
  package var reopen: Held = { sluice_file_reopen($0) }
  /// Opens a regular file of a private folder for reading.
  package var open: Named = { d, n in n.withCPath { sluice_file_read_open(d, $0) } }
  package var create: Made = { d, n, m in n.withCPath { sluice_file_create(d, $0, m) } }
  package var unnamed: @Sendable (Int32, UInt32) -> Int32 = { sluice_file_unnamed($0, $1) }
  package var link: @Sendable (Int32, Int32, FilePath) -> Int32 = { f, d, n in
    n.withCPath { sluice_file_link(f, d, $0) }
  }
  /// The status of what a name names, without opening it or following a link.
  package var look: @Sendable (_ directory: Int32, _ name: FilePath, inout stat) -> Int32 = {
    d, n, s in n.withCPath { sluice_file_look(d, $0, &s) }
  }
  package var status: @Sendable (Int32, inout stat) -> Int32 = { sluice_file_status($0, &$1) }

  package var openFolder: Named = { d, n in n.withCPath { sluice_folder_open(d, $0) } }
  package var folderBeneath: Named = { d, n in n.withCPath { sluice_folder_beneath(d, $0) } }
  package var makeFolder: Made = { d, n, m in n.withCPath { sluice_folder_make(d, $0, m) } }
  package var removeFolder: Named = { d, n in n.withCPath { sluice_folder_remove(d, $0) } }

  /// Renames and never replaces.
  package var move: Moved = { d, n, e, m in
    n.withCPath { from in m.withCPath { sluice_name_move(d, from, e, $0) } }
  }
  package var moveOver: Moved = { d, n, e, m in
    n.withCPath { from in m.withCPath { sluice_name_move_over(d, from, e, $0) } }
  }
  package var remove: Named = { d, n in n.withCPath { sluice_name_remove(d, $0) } }

  package var takeLease: Held = { sluice_lease_take($0) }
  package var leaseHeld: Held = { sluice_lease_held($0) }
  package var dropLease: Held = { sluice_lease_drop($0) }

  package var setMode: @Sendable (Int32, UInt32) -> Int32 = { sluice_file_set_mode($0, $1) }
  package var setGroup: @Sendable (Int32, UInt32) -> Int32 = { sluice_file_set_group($0, $1) }

  package var clone: @Sendable (_ to: Int32, _ from: Int32) -> Int32 = { sluice_file_clone($0, $1) }
  package var copyRange: @Sendable (Int32, Int32, Int64, UInt64) -> Int64 = {
    sluice_file_copy_range($0, $1, $2, $3)
  }
  package var read: @Sendable (Int32, UnsafeMutableRawBufferPointer, Int64) -> Int64 = {
    sluice_file_read($0, $1.baseAddress, UInt64($1.count), $2)
  }
  package var write: @Sendable (Int32, UnsafeRawBufferPointer, Int64) -> Int64 = {
    sluice_file_write($0, $1.baseAddress, UInt64($1.count), $2)
  }

  /// fsync, syncfs.
  package var syncFile: Held = { sluice_sync_file($0) }
  package var syncAll: Held = { sluice_sync_all($0) }

  package var fileSystem: @Sendable (Int32) -> FileSystemFacts = { FileSystemFacts(of: $0) }
  package var watch: @Sendable (_ watch: Int32, _ directory: Int32) -> Int32 = {
    sluice_watch_add($0, $1)
  }

  package init() {}

  package static let system = FileCalls()

  /// The status of an open file.
  func status(of descriptor: Int32, _ path: FilePath) throws(SpoolError) -> FileStatus {
    var raw = stat()
    try check(status(descriptor, &raw), "stat", path)
    return FileStatus(raw)
  }

  /// The status of what a name names; nil where nothing does.
  func look(_ directory: Int32, _ name: FilePath) throws(SpoolError) -> FileStatus? {
    var raw = stat()
    let result = look(directory, name, &raw)
    if result == -ENOENT || result == -ENOTDIR { return nil }
    try check(result, "look at", name)
    return FileStatus(raw)
  }

  /// Passes a value on and throws an error for a failure.
  @discardableResult
  func check(_ result: Int32, _ call: String, _ path: @autoclosure () -> FilePath)
    throws(SpoolError) -> Int32
  {
    if result < 0 { throw SpoolError(call, path(), errno: -result) }
    return result
  }
}

/// What `statfs` says of the file system that holds a descriptor.
package struct FileSystemFacts: Sendable {
  /// 0, or -1 times errno.
  package var result: Int32
  package var magic: Int64 = 0
  package var freeBytes: Int64 = 0
  /// -1 where the file system counts none.
  package var freeInodes: Int64 = 0

  package init(of descriptor: Int32) {
    result = 0
    result = sluice_file_system(descriptor, &magic, &freeBytes, &freeInodes)
  }
}

extension [UInt8] {
  /// The bytes as a C string for the time of the call.
  func withCPath<Result>(_ body: (UnsafePointer<CChar>) -> Result) -> Result {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: count + 1) { buffer in
      for index in indices { buffer[index] = CChar(bitPattern: self[index]) }
      buffer[count] = 0
      return body(UnsafePointer(buffer.baseAddress!))
    }
  }
}
