import CSluiceSystem
import Glibc

/// The lock that makes this process the spool's owner, for as long as it lives.
///
/// It belongs to the open file, not to the process: closing another descriptor of the lock file does
/// not lose it, and it is gone when the process is. The file holds the pid for people and messages;
/// what counts is the lock.
struct SpoolLock: ~Copyable, Sendable {
  static let name = FilePath("lock".utf8)
  private let file: Descriptor

  static func take(in root: Int32, spool: String) throws(SpoolError) -> SpoolLock {
    let path = FilePath((spool + "/lock").utf8)
    let opened = name.withCPath { sluice_file_lockable(root, $0, 0o644) }
    if opened < 0 { throw SpoolError("open", path, errno: -opened) }
    let file = Descriptor(opened)
    let taken = sluice_lock_take(file.number)
    if taken == -EAGAIN || taken == -EACCES {
      let owner = pid(in: file.number)
      let who = owner > 0 ? "process \(owner)" : "another process"
      throw SpoolError(.owned, "\(spool) is owned by \(who)", errno: EAGAIN, owner: owner)
    }
    if taken < 0 { throw SpoolError("lock", path, errno: -taken) }
    let text = FilePath("\(getpid())\n".utf8)
    let written = text.withUnsafeBytes {
      sluice_file_write(file.number, $0.baseAddress, UInt64($0.count), 0)
    }
    let cut = written < 0 ? Int32(written) : sluice_file_set_size(file.number, Int64(text.count))
    if cut < 0 { throw SpoolError("write", path, errno: -cut) }
    return SpoolLock(file: file)
  }

  /// The pid of the process that has the lock: nil if none has, 0 if it is not known.
  static func owner(in root: Int32, spool: String) throws(SpoolError) -> Int32? {
    let path = FilePath((spool + "/lock").utf8)
    let opened = name.withCPath { sluice_file_open(root, $0) }
    if opened == -ENOENT { return nil }
    if opened < 0 { throw SpoolError("open", path, errno: -opened) }
    let file = Descriptor(opened)
    let taken = sluice_lock_taken(file.number)
    if taken < 0 { throw SpoolError("ask for the lock", path, errno: -taken) }
    return taken == 1 ? pid(in: file.number) : nil
  }

  private init(file: consuming Descriptor) { self.file = file }

  private static func pid(in descriptor: Int32) -> Int32 {
    var bytes = FilePath(repeating: 0, count: 16)
    let count = bytes.withUnsafeMutableBytes {
      sluice_file_read(descriptor, $0.baseAddress, UInt64($0.count), 0)
    }
    guard count > 0 else { return 0 }
    let digits = bytes[..<Int(count)].prefix { $0 != UInt8(ascii: "\n") }
    return Int32(String(decoding: digits, as: UTF8.self)) ?? 0
  }
}
