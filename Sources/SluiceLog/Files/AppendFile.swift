import Glibc

/// A file that only grows, and knows how much of it is durable.
struct AppendFile: Sendable {
  let path: String
  private let calls: LogCalls
  private var descriptor: Int32
  /// Bytes that the system has confirmed.
  private(set) var length: Int
  /// A sync failed, or a part that was written could not be taken back: nothing may follow in this
  /// file, since what the system holds of it is not known.
  private(set) var isBroken = false

  /// Makes a new file; one of that name must not be there.
  static func create(_ path: String, mode: UInt32, calls: LogCalls) throws(LogError) -> AppendFile {
    let descriptor = Glibc.open(
      path, O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC | O_NOFOLLOW, mode)
    guard descriptor >= 0 else { throw .call("make", path: path) }
    return AppendFile(path: path, calls: calls, descriptor: descriptor, length: 0)
  }

  /// Opens a file whose first `length` bytes are known to be good and cuts off what follows.
  static func reopen(_ path: String, length: Int, calls: LogCalls) throws(LogError) -> AppendFile {
    let descriptor = Glibc.open(path, O_WRONLY | O_APPEND | O_CLOEXEC | O_NOFOLLOW)
    guard descriptor >= 0 else { throw .call("open", path: path) }
    let file = AppendFile(path: path, calls: calls, descriptor: descriptor, length: length)
    let end = lseek(descriptor, 0, SEEK_END)
    // What a crash left in the system's memory is made durable before anything builds on it.
    guard end == length || ftruncate(descriptor, length) == 0, calls.syncWhole(descriptor) == 0
    else {
      let failure = LogError.call("cut", path: path)
      file.close()
      throw failure
    }
    return file
  }

  /// Writes `bytes` and makes them durable.
  ///
  /// On an error none of them counts as written. A full disk leaves the file as it was, for another
  /// try; any other failure leaves it broken.
  mutating func append(_ bytes: [UInt8]) throws(LogError) {
    guard !isBroken else { throw LogError(.system, "a sync failed before", path: path, errno: EIO) }
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes {
        calls.write(descriptor, UnsafeRawBufferPointer(rebasing: $0[written...]))
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        let failure = LogError.call("write", path: path, errno: count == 0 ? ENOSPC : errno)
        isBroken = failure.code != .full || ftruncate(descriptor, length) != 0
        throw failure
      }
      written += count
    }
    guard calls.sync(descriptor) == 0 else {
      isBroken = true
      throw .call("sync", path: path)
    }
    length += bytes.count
  }

  /// Whether the name no longer leads to this file: what is written to it would be found by nobody.
  ///
  /// - Throws: where the name leads to another file, which is not ours to write over.
  func isRemoved() throws(LogError) -> Bool {
    var own = stat()
    var named = stat()
    guard fstat(descriptor, &own) == 0 else { throw .call("look at", path: path) }
    guard lstat(path, &named) == 0 else {
      if errno == ENOENT { return true }
      throw .call("look at", path: path)
    }
    guard named.st_ino == own.st_ino, named.st_dev == own.st_dev else {
      throw LogError(
        .broken, "another file lies in the place of the one that is being written", path: path)
    }
    return false
  }

  /// A file of the same name with what is durable of this one, whose name was removed.
  func restored(mode: UInt32) throws(LogError) -> AppendFile {
    let source = Glibc.open("/proc/self/fd/\(descriptor)", O_RDONLY | O_CLOEXEC)
    guard source >= 0 else { throw .call("open", path: path) }
    defer { _ = Glibc.close(source) }
    var copy = try AppendFile.create(path, mode: mode, calls: calls)
    do {
      var part = [UInt8](repeating: 0, count: 1 << 20)
      while copy.length < length {
        let wanted = min(part.count, length - copy.length)
        let count = part.withUnsafeMutableBytes {
          pread(source, $0.baseAddress, wanted, off_t(copy.length))
        }
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { throw LogError.call("read", path: path) }
        try copy.append(Array(part[..<count]))
      }
    } catch {
      copy.close()
      unlink(path)
      throw error as? LogError ?? .call("restore", path: path)
    }
    return copy
  }

  func close() { _ = Glibc.close(descriptor) }
}
