import Glibc
import SluiceCore
import SluiceSpool

/// `state/` in the spool: small files that are always whole, replaced by a rename, and durable when
/// a call returns.
package final class StateFolder: Sendable {
  let folder: Folder

  package init(spool: Spool) throws(ActionError) {
    if mkdirat(spool.directories.root, "state", 0o700) == 0 {
      try Folder(descriptor: spool.directories.root).sync()
    } else if errno != EEXIST {
      throw ActionError(system: "make the folder 'state' of the spool")
    }
    let descriptor = openat(
      spool.directories.root, "state", O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor >= 0 else { throw ActionError(system: "open the folder 'state' of the spool") }
    folder = Folder(descriptor: descriptor)
  }

  deinit { close(folder.descriptor) }

  /// nil where there is no such file.
  func read(_ name: String) throws(ActionError) -> JSON? {
    guard let bytes = try folder.read(Array(name.utf8)) else { return nil }
    do {
      return try JSON(parsing: bytes)
    } catch {
      throw ActionError(.malformed, "state/\(name) of the spool is damaged: \(error)")
    }
  }

  func write(_ name: String, _ value: JSON) throws(ActionError) {
    try folder.writeAnew(Array(name.utf8), value.bytes + [10])
    try folder.sync()
  }

  /// Whether there was one.
  func remove(_ name: String) throws(ActionError) -> Bool {
    guard try folder.remove(Array(name.utf8)) else { return false }
    try folder.sync()
    return true
  }
}
