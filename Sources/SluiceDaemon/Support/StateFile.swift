import CSluiceSystem
import Glibc
import SluiceCore

/// A system call on one of the daemon's own files that failed.
package struct FileFailure: Error, Sendable, Hashable, CustomStringConvertible {
  package var operation: String
  package var path: String
  package var errno: Int32

  package var isMissing: Bool { errno == ENOENT }

  /// There is a file, but not one that this version has written.
  package static func damaged(_ path: String) -> FileFailure {
    FileFailure(operation: "make sense of", path: path, errno: EBADMSG)
  }

  package var description: String {
    "cannot \(operation) \(path): \(String(cString: strerror(errno)))"
  }
}

/// Whole files of the daemon's own: read at once, replaced at once.
package enum StateFile {
  /// - Throws: `FileFailure`; EFBIG for a file of more than `limit` bytes.
  package static func read(_ path: String, limit: Int = 64 << 20) throws(FileFailure) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileFailure(operation: "open", path: path, errno: errno) }
    defer { close(descriptor) }
    return try read(descriptor, path: path, limit: limit)
  }

  /// The same from an open file, which stays open; `path` is for errors.
  static func read(
    _ descriptor: Int32, path: String, limit: Int
  ) throws(FileFailure) -> [UInt8] {
    var bytes: [UInt8] = []
    var facts = stat()
    if fstat(descriptor, &facts) == 0 {
      bytes.reserveCapacity(max(0, min(limit, Int(facts.st_size))))
    }
    let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
    defer { piece.deallocate() }
    while true {
      let count = Glibc.read(descriptor, piece.baseAddress, piece.count)
      if count == 0 { return bytes }
      if count < 0 {
        if errno == EINTR { continue }
        throw FileFailure(operation: "read", path: path, errno: errno)
      }
      guard bytes.count + count <= limit else {
        throw FileFailure(operation: "read", path: path, errno: EFBIG)
      }
      bytes.append(contentsOf: piece[..<count])
    }
  }

  /// Puts `bytes` in place of what was there: whole and durable, or not at all.
  ///
  /// - Parameter draft: what is added to the path until it is; of its own for each process where
  ///   several may write the file.
  package static func replace(
    _ path: String, with bytes: [UInt8], draft: String = ".tmp"
  ) throws(FileFailure) {
    let draft = path + draft
    let descriptor = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw FileFailure(operation: "create", path: draft, errno: errno) }
    var failure: FileFailure?
    var done = 0
    while done < bytes.count, failure == nil {
      let count = bytes.withUnsafeBytes {
        write(descriptor, $0.baseAddress! + done, bytes.count - done)
      }
      if count >= 0 {
        done += count
      } else if errno != EINTR {
        failure = FileFailure(operation: "write", path: draft, errno: errno)
      }
    }
    if failure == nil, fdatasync(descriptor) != 0 {
      failure = FileFailure(operation: "sync", path: draft, errno: errno)
    }
    close(descriptor)
    if let failure {
      unlink(draft)
      throw failure
    }
    guard rename(draft, path) == 0 else {
      throw FileFailure(operation: "rename", path: draft, errno: errno)
    }
    let slash = path.utf8.lastIndex(of: UInt8(ascii: "/"))
    let folder = slash.map { String(path[..<$0]) } ?? "."
    let parent = open(folder.isEmpty ? "/" : folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard parent >= 0 else { throw FileFailure(operation: "open", path: folder, errno: errno) }
    defer { close(parent) }
    guard fsync(parent) == 0 else {
      throw FileFailure(operation: "sync", path: folder, errno: errno)
    }
  }

  /// Makes a directory and those above it that are not there.
  package static func makeDirectory(_ path: String, mode: mode_t = 0o750) throws(FileFailure) {
    if mkdir(path, mode) == 0 || errno == EEXIST { return }
    if errno == ENOENT, let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")),
      slash > path.startIndex
    {
      try makeDirectory(String(path[..<slash]), mode: mode)
      if mkdir(path, mode) == 0 || errno == EEXIST { return }
    }
    throw FileFailure(operation: "create", path: path, errno: errno)
  }
}
