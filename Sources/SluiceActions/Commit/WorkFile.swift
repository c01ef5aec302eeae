import Glibc
import SluiceCore
import SluiceSpool

/// A claimed file where it lies in `work/`, which only the daemon's user enters.
struct WorkFile {
  private let folder: Folder
  private let path: [UInt8]

  init(_ claim: Claim, in spool: Spool) {
    folder = Folder(descriptor: spool.directories.work)
    let (directory, name) = spool.workPath(of: claim)
    path = directory + [UInt8(ascii: "/")] + name
  }

  /// Which file lies there, without following a link; nil if none does.
  func identity() throws(ActionError) -> FileIdentity? {
    try folder.facts(path).map { FileIdentity(device: $0.device, inode: $0.inode) }
  }

  /// Marks it with the verdict it leaves with; where that is not possible nothing happens, for the
  /// mark is an extra.
  func mark(_ verdict: String) { Attribute.mark(folder.descriptor, path, verdict) }

  /// The file, open for reading; nil where there is no regular one that can be opened.
  func open() throws(ActionError) -> OpenFile? {
    guard try folder.facts(path)?.isRegular == true else { return nil }
    do throws(ActionError) { return try folder.open(path) } catch {
      if error.isSystemFault { throw error }
      return nil
    }
  }
}
