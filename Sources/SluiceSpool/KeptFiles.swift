import Glibc

/// What the closed destinations take on the disk.
enum KeptFiles {
  /// Bytes of all files in an open directory, sidecars included.
  static func bytes(in directory: Int32, name: String) throws(SpoolError) -> Int {
    let path = FilePath(name.utf8)
    let opened = FileCalls.system.openFolder(directory, FilePath(".".utf8))
    let folder = try FolderReader(FileCalls.system.check(opened, "open", path), path: path)
    var sum = 0
    while let entry = try folder.next(path: path) {
      var status = stat()
      let result = entry.name.withCPath {
        fstatat(folder.descriptor, $0, &status, AT_SYMLINK_NOFOLLOW)
      }
      if result == 0 { sum += Int(status.st_size) }
    }
    return sum
  }
}
