import Glibc
import SluiceCore
import SluiceLog
import SluiceSpool

/// `quarantine/` and `held/` as they lie on the disk.
struct KeptFolders: Sendable {
  let journal: Journal
  static let all: [Destination] = [.quarantine, .held]

  func folder(_ destination: Destination) -> Folder {
    Folder(descriptor: journal.spool.directories[destination])
  }

  /// The folder in which the item's file lies; nil where in neither.
  func place(of item: ItemID) throws(ActionError) -> Destination? {
    for destination in Self.all
    where try folder(destination).facts(Array(item.description.utf8)) != nil {
      return destination
    }
    return nil
  }

  /// What the sidecar says; nil where there is none.
  func sidecar(_ item: ItemID, in destination: Destination) throws(ActionError) -> KeptItem? {
    guard let bytes = try folder(destination).read(KeptItem.sidecarName(item)) else { return nil }
    guard let json = try? JSON(parsing: bytes), var kept = KeptItem(json: json) else {
      throw ActionError(.malformed, "the sidecar of \(item) in \(destination.rawValue)/ is damaged")
    }
    kept.destination = destination
    return kept
  }

  func write(_ item: KeptItem) throws(ActionError) {
    try journal.options.reach(.rewriteSidecar)
    let folder = folder(item.destination)
    try folder.writeAnew(KeptItem.sidecarName(item.item), item.json.bytes + [10])
    try folder.sync()
  }

  func removeSidecar(_ item: ItemID, in destination: Destination) throws(ActionError) {
    try journal.options.reach(.removeSidecar)
    try folder(destination).remove(KeptItem.sidecarName(item))
  }

  /// The open file, which has to be a regular one.
  func open(_ item: ItemID, in destination: Destination) throws(ActionError) -> OpenFile {
    let name = Array(item.description.utf8)
    guard let facts = try folder(destination).facts(name) else {
      throw ActionError(.unknownItem, "no item \(item) is kept")
    }
    guard facts.isRegular, let file = try folder(destination).open(name) else {
      throw ActionError(.malformed, "\(item) is not a regular file: it can only be deleted")
    }
    return file
  }

  /// Ids with a file, and ids with a sidecar.
  func contents(
    of destination: Destination
  ) throws(ActionError) -> (files: Set<ItemID>, sidecars: Set<ItemID>, temporaries: [[UInt8]]) {
    var files: Set<ItemID> = []
    var sidecars: Set<ItemID> = []
    var temporaries: [[UInt8]] = []
    try folder(destination).names { (bytes) throws(ActionError) in
      guard let name = UTF8Decoding.string(bytes) else { return }
      if let id = ItemID(name) {
        files.insert(id)
      } else if name.hasSuffix(".json"), let id = ItemID(name.dropLast(5)) {
        sidecars.insert(id)
      } else if name.hasPrefix("."), name.hasSuffix(Folder.temporarySuffix) {
        temporaries.append(bytes)
      }
    }
    return (files, sidecars, temporaries)
  }
}
