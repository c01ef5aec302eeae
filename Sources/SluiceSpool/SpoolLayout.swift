import CSluiceSystem
import Glibc
import SluiceCore

/// Makes and opens the directories of a spool.
enum SpoolLayout {
  struct Part {
    var name: String
    var mode: UInt32
    /// Whether only the spool's user may enter, also in a spool that was laid out by somebody else.
    var isPrivate: Bool
  }

  static let rootMode: UInt32 = 0o711
  static let parts = [
    Part(name: "incoming", mode: 0o1730, isPrivate: false),
    Part(name: "work", mode: 0o700, isPrivate: true),
    Part(name: "passed", mode: 0o750, isPrivate: false),
    Part(name: "annotated", mode: 0o750, isPrivate: false),
    Part(name: "quarantine", mode: 0o700, isPrivate: true),
    Part(name: "held", mode: 0o700, isPrivate: true),
  ]

  /// Opens the spool's own directory, after making it (not its parents) where it is missing.
  static func root(_ path: String, calls: FileCalls, make: Bool) throws(SpoolError) -> Descriptor {
    let name = FilePath(path.utf8)
    var opened = calls.openFolder(AT_FDCWD, name)
    if opened == -ENOENT && make {
      let made = calls.makeFolder(AT_FDCWD, name, rootMode)
      if made < 0 && made != -EEXIST { throw SpoolError("make folder", name, errno: -made) }
      opened = calls.openFolder(AT_FDCWD, name)
      if made == 0 && opened >= 0 {
        try calls.check(calls.setMode(opened, rootMode), "chmod", name)
      }
    }
    if opened == -ENOTDIR || opened == -ELOOP {
      let handle = calls.handle(AT_FDCWD, name)
      if handle >= 0 {
        let file = Descriptor(handle)
        if try calls.status(of: file.number, name).kind == .link {
          throw SpoolError(.isLink, "\(path) is a symbolic link; name the directory itself")
        }
      }
      throw SpoolError(.notDirectory, "\(path) is not a directory", errno: -opened)
    }
    if opened < 0 { throw SpoolError("open", name, errno: -opened) }
    let root = Descriptor(opened)
    let facts = calls.fileSystem(root.number)
    if facts.result < 0 { throw SpoolError("statfs", name, errno: -facts.result) }
    if let kind = FileSystemKind.unsuitable(facts.magic) {
      throw SpoolError(.unsuitable, "\(path) is on \(kind), which cannot hold a spool")
    }
    return root
  }

  /// Opens one of the directories below, after making it where it is missing.
  static func part(_ part: Part, root: Int32, spool: String, dropGroup: String, calls: FileCalls)
    throws(SpoolError) -> Descriptor
  {
    let name = FilePath(part.name.utf8)
    let path = FilePath((spool + "/" + part.name).utf8)
    let made = calls.makeFolder(root, name, part.mode & 0o777)
    if made < 0 && made != -EEXIST { throw SpoolError("make folder", path, errno: -made) }
    let opened = calls.openFolder(root, name)
    if opened == -ENOTDIR || opened == -ELOOP {
      throw SpoolError(.notDirectory, "\(spool)/\(part.name) is not a directory", errno: -opened)
    }
    if opened < 0 { throw SpoolError("open", path, errno: -opened) }
    let folder = Descriptor(opened)
    if made == 0 {
      if part.name == "incoming" {
        let group = sluice_group_id(dropGroup)
        // Without the group, or without being its member, only the spool's own group may drop.
        if group >= 0 { _ = calls.setGroup(folder.number, UInt32(group)) }
      }
      // By itself, so that no umask takes bits away; after the group, which would clear some.
      try calls.check(calls.setMode(folder.number, part.mode), "chmod", path)
    }
    try check(part, folder.number, path, root: root, spool: spool, calls: calls)
    return folder
  }

  private static func check(
    _ part: Part, _ folder: Int32, _ path: FilePath, root: Int32, spool: String, calls: FileCalls
  ) throws(SpoolError) {
    let status = try calls.status(of: folder, path)
    let whole = try calls.status(of: root, FilePath(spool.utf8))
    if status.identity.device != whole.identity.device {
      throw SpoolError(
        .notOneFileSystem, "\(spool)/\(part.name) is on another file system than \(spool)")
    }
    guard part.isPrivate else { return }
    let user = geteuid()
    if status.owner != user && user != 0 {
      throw SpoolError(
        .notOurs, "\(spool)/\(part.name) belongs to user \(status.owner), not to \(user)")
    }
    if status.permissions & 0o077 != 0 {
      try calls.check(calls.setMode(folder, part.mode), "chmod", path)
    }
  }
}
