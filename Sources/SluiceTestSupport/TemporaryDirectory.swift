import Glibc

/// A directory of its own for one test, removed with the value.
package final class TemporaryDirectory: Sendable {
  package let path: String

  package init() {
    var template = Array("/tmp/sluice-test-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { fatalError("mkdtemp: \(errno)") }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit { Self.remove(path) }

  /// Writes a file, making the folders that it lies in.
  /// - Returns: its path.
  @discardableResult
  package func write(_ name: String, _ bytes: some Collection<UInt8>) -> String {
    let file = path + "/" + name
    makeFolders(for: name)
    let descriptor = open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { fatalError("open \(file): \(errno)") }
    defer { close(descriptor) }
    let bytes = Array(bytes)
    guard Glibc.write(descriptor, bytes, bytes.count) == bytes.count else {
      fatalError("write \(file): \(errno)")
    }
    return file
  }

  @discardableResult
  package func write(_ name: String, _ text: String) -> String { write(name, Array(text.utf8)) }

  private func makeFolders(for name: String) {
    var folder = path
    for part in name.split(separator: "/").dropLast() {
      folder += "/" + part
      mkdir(folder, 0o755)
    }
  }

  /// Removes a file, or a directory with all that is in it, whatever bytes the names have.
  package static func remove(_ path: String) {
    if unlink(path) == 0 { return }
    chmod(path, 0o700)
    let folder = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    if folder >= 0 { empty(folder) }
    rmdir(path)
  }

  /// Takes over `folder`.
  private static func empty(_ folder: Int32) {
    guard let stream = fdopendir(folder) else { return }
    defer { closedir(stream) }
    while let entry = readdir(stream) {
      withUnsafePointer(to: &entry.pointee.d_name) { name in
        name.withMemoryRebound(to: CChar.self, capacity: 256) { name in
          if strcmp(name, ".") == 0 || strcmp(name, "..") == 0 { return }
          if unlinkat(folder, name, 0) == 0 { return }
          fchmodat(folder, name, 0o700, 0)
          let inner = openat(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
          if inner >= 0 { empty(inner) }
          unlinkat(folder, name, AT_REMOVEDIR)
        }
      }
    }
  }
}
