import Glibc

/// Text that is on every Debian machine.
enum EngineCorpus {
  /// Regular files under /usr/share/doc that are not compressed, of at most `bytes`, in a fixed
  /// order.
  static func documents(most: Int, bytes: Int) -> [String] {
    var found: [String] = []
    var folders = ["/usr/share/doc"]
    while let folder = folders.popLast(), found.count < most {
      guard let directory = opendir(folder) else { continue }
      defer { closedir(directory) }
      var names: [String] = []
      while let entry = readdir(directory) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        if !name.hasPrefix(".") { names.append(name) }
      }
      for name in names.sorted().reversed() {
        let path = folder + "/" + name
        var status = stat()
        guard lstat(path, &status) == 0 else { continue }
        if status.st_mode & S_IFMT == S_IFDIR { folders.append(path) }
        if status.st_mode & S_IFMT == S_IFREG, !name.hasSuffix(".gz"), status.st_size > 0,
          status.st_size <= bytes, found.count < most
        {
          found.append(path)
        }
      }
    }
    return found
  }

  /// The file's bytes if they are UTF-8.
  static func text(_ path: String) -> [UInt8]? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = fread(&buffer, 1, buffer.count, file)
      if count == 0 { break }
      bytes += buffer[..<count]
    }
    return String(validating: bytes, as: UTF8.self) == nil ? nil : bytes
  }
}
