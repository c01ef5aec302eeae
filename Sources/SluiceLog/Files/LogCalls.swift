import Glibc

/// The calls whose failure the log must survive, as values that a test can replace.
package struct LogCalls: Sendable {
  /// As write(2): bytes written, or -1 with errno.
  package var write: @Sendable (Int32, UnsafeRawBufferPointer) -> Int
  /// As fdatasync(2): 0, or -1 with errno.
  package var sync: @Sendable (Int32) -> Int32
  /// As fsync(2), for directories and for files found at the start.
  package var syncWhole: @Sendable (Int32) -> Int32

  package init(
    write: @escaping @Sendable (Int32, UnsafeRawBufferPointer) -> Int,
    sync: @escaping @Sendable (Int32) -> Int32,
    syncWhole: @escaping @Sendable (Int32) -> Int32 = { fsync($0) }
  ) {
    self.write = write
    self.sync = sync
    self.syncWhole = syncWhole
  }

  package static let system = LogCalls(
    write: { Glibc.write($0, $1.baseAddress, $1.count) }, sync: { fdatasync($0) })
}
