import Glibc
import SluiceCore
import SluiceSpool

/// `annotated/`, where others take files away: sidecars of ours are found there by what they say.
struct AnnotationFolder {
  private let root: Folder

  init(_ journal: Journal) {
    root = Folder(descriptor: journal.spool.directories.annotated)
  }

  /// The item that the sidecar at `path` belongs to; nil where there is none that can be read.
  func item(at path: [UInt8]) throws(ActionError) -> ItemID? {
    try within(path) { (folder, name) throws(ActionError) in
      guard try folder.facts(name)?.isRegular == true, let bytes = try folder.read(name),
        let json = try? JSON(parsing: bytes)
      else { return nil }
      return json["item"]?.text.flatMap(ItemID.init(_:))
    }
  }

  /// Removes the sidecar at `path` if it is that item's.
  func remove(_ path: [UInt8], of item: ItemID) throws(ActionError) {
    guard try self.item(at: path) == item else { return }
    _ = try within(path) { (folder, name) throws(ActionError) in
      try folder.remove(name)
      return item
    }
  }

  /// Walks down without following links; nil where a folder of the path is not there.
  private func within(
    _ path: [UInt8], _ body: (Folder, [UInt8]) throws(ActionError) -> ItemID?
  ) throws(ActionError) -> ItemID? {
    let parts = path.split(separator: UInt8(ascii: "/")).map(Array.init)
    guard let name = parts.last else { return nil }
    var current = OpenFile(descriptor: dup(root.descriptor))
    guard current.descriptor >= 0 else { throw ActionError(system: "open a folder") }
    for part in parts.dropLast() {
      let next = named(part) {
        openat(current.descriptor, $0, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
      }
      guard next >= 0 else {
        if [ENOENT, ENOTDIR, ELOOP, EACCES].contains(errno) { return nil }
        throw ActionError(system: "open a folder")
      }
      current = OpenFile(descriptor: next)
    }
    return try body(Folder(descriptor: current.descriptor), name)
  }
}
