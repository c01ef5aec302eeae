import Glibc

/// An open directory, closed with the value's life.
struct Directory: ~Copyable {
  let descriptor: Int32

  /// - Parameters:
  ///   - parent: an open directory that `name` is in, or `AT_FDCWD`.
  ///   - follow: whether a link of that name is followed.
  init(_ name: String, in parent: Int32 = AT_FDCWD, follow: Bool) throws(FileFault) {
    let flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC | (follow ? 0 : O_NOFOLLOW)
    descriptor = openat(parent, name, flags)
    guard descriptor >= 0 else { throw .system(follow ? "read" : "open") }
  }

  deinit { close(descriptor) }

  /// The names in it, sorted, without those that begin with a dot. Names that are no UTF-8, or hold
  /// a control character or a backslash, come as `bad`, escaped.
  func names() throws(FileFault) -> (names: [String], bad: [String]) {
    let copy = openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard copy >= 0, let stream = fdopendir(copy) else { throw .system("read") }
    defer { closedir(stream) }
    var names: [String] = []
    var bad: [String] = []
    while true {
      errno = 0
      guard let entry = readdir(stream) else {
        guard errno == 0 else { throw .system("read") }
        break
      }
      let bytes = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
      if bytes.first == UInt8(ascii: ".") { continue }
      if let name = String(validating: bytes, as: UTF8.self),
        bytes.allSatisfy({ $0 >= 0x20 && $0 != 0x5C && $0 != 0x7F })
      {
        names.append(name)
      } else {
        bad.append(String(decoding: bytes, as: UTF8.self))
      }
    }
    return (names.sorted(), bad.sorted())
  }
}
