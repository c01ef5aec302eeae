import Glibc
import SluiceCore

import struct Crypto.SHA256

/// Reads one file: a regular one, not through a link, and whole or not at all.
enum SourceFile {
  /// A file's content, and its digest.
  /// - Parameters:
  ///   - directory: an open directory that `name` is in, or `AT_FDCWD`.
  ///   - keep: Files of at most this many bytes are kept; of others only the digest is taken.
  static func read(
    directory: Int32 = AT_FDCWD, _ name: String, limit: Int, keep: Int = Int.max
  ) throws(FileFault) -> (bytes: [UInt8]?, digest: Digest) {
    let descriptor = openat(directory, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { throw .system("open") }
    defer { close(descriptor) }
    let before = try FileIdentity(descriptor: descriptor)
    guard before.isRegular else { throw .notAFile }
    guard before.size <= limit else {
      throw FileFault(
        .fileTooLarge, "the file has \(before.size) bytes; at most \(limit) are read")
    }
    let content = try content(of: descriptor, size: before.size, keep: before.size <= keep)
    guard try FileIdentity(descriptor: descriptor) == before else {
      throw FileFault(.changedWhileReading, "the file changed while it was read")
    }
    return content
  }

  /// The digest of a file that may be large.
  static func digest(_ path: String, limit: Int) throws(FileFault) -> Digest {
    try read(path, limit: limit, keep: 0).digest
  }

  private static func content(
    of descriptor: Int32, size: Int, keep: Bool
  ) throws(FileFault) -> (bytes: [UInt8]?, digest: Digest) {
    var hash = SHA256()
    var kept: [UInt8] = []
    if keep { kept.reserveCapacity(size) }
    var buffer = [UInt8](repeating: 0, count: keep ? min(max(size, 1), 1 << 18) : 1 << 18)
    var total = 0
    while true {
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      if count < 0 {
        if errno == EINTR { continue }
        throw .system("read")
      }
      if count == 0 { break }
      total += count
      guard total <= size else {
        throw FileFault(.changedWhileReading, "the file grew while it was read")
      }
      buffer.withUnsafeBytes { hash.update(bufferPointer: .init(rebasing: $0[..<count])) }
      if keep { kept.append(contentsOf: buffer[..<count]) }
    }
    return (keep ? kept : nil, Digest(bytes: Array(hash.finalize()))!)
  }
}
