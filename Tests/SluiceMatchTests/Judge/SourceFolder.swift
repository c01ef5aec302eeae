import Glibc

/// The source files of one folder, for tests that hold a registry to its folder.
struct SourceFolder {
  struct Unreadable: Error { let path: String }

  let files: [(name: String, text: String)]

  init(_ path: String) throws {
    guard let stream = opendir(path) else { throw Unreadable(path: path) }
    defer { closedir(stream) }
    var files: [(name: String, text: String)] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) {
        String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
      }
      guard name.hasSuffix(".swift") else { continue }
      guard let file = fopen("\(path)/\(name)", "r") else { throw Unreadable(path: name) }
      defer { fclose(file) }
      var bytes = [UInt8](repeating: 0, count: 1 << 18)
      let size = fread(&bytes, 1, bytes.count, file)
      files.append((name, String(decoding: bytes[..<size], as: UTF8.self)))
    }
    self.files = files
  }
}
