import Glibc

/// Tries at the start what the spool stands on, instead of finding out with somebody's file.
enum SpoolTrial {
  static let name = FilePath(".sluice-trial".utf8)

  /// Renames a file through all directories and opens it by its descriptor.
  static func run(_ directories: Spool.Directories, spool: String, calls: FileCalls)
    throws(SpoolError)
  {
    let stops = [
      ("incoming", directories.incoming), ("passed", directories.passed),
      ("annotated", directories.annotated), ("quarantine", directories.quarantine),
      ("held", directories.held),
    ]
    // What a trial that was cut off has left.
    for descriptor in stops.map(\.1) + [directories.work] { _ = calls.remove(descriptor, name) }
    let path = FilePath((spool + "/work/").utf8) + name
    let file = Descriptor(
      try calls.check(calls.create(directories.work, name, 0o600), "make", path))
    var place = directories.work
    defer { _ = calls.remove(place, name) }
    for (stop, descriptor) in stops + [("work", directories.work)] {
      let moved = calls.move(place, name, descriptor, name)
      if moved == -EXDEV {
        throw SpoolError(
          .notOneFileSystem, "\(spool)/\(stop) is on another file system than \(spool)/work",
          errno: EXDEV)
      }
      if moved == -EINVAL || moved == -ENOSYS {
        throw SpoolError(
          .unsuitable, "\(spool): the file system cannot rename without replacing", errno: -moved)
      }
      if moved < 0 {
        throw SpoolError("move a file into", FilePath("\(spool)/\(stop)".utf8), errno: -moved)
      }
      place = descriptor
    }
    let reopened = calls.reopen(file.number)
    if reopened == -ENOENT || reopened == -ENOTDIR {
      throw SpoolError(.unsuitable, "/proc is not mounted, so files cannot be opened safely")
    }
    _ = Descriptor(try calls.check(reopened, "open", path))
  }
}
