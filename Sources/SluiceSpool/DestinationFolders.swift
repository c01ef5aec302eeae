import Glibc
import SluiceCore

extension Spool {
  /// The open folder of a path below a destination. Makes the folders that are missing, open to
  /// whom the destination itself is open to; follows no link.
  /// - Throws: `exists` where something else than a usable folder stands in the way.
  func folder(of path: FilePath, in destination: Destination) throws(SpoolError) -> Descriptor {
    guard FileNames.isBelow(path) else {
      throw SpoolError(.refused, "\(Display.name(path)) is no path below a destination")
    }
    return try folder(destination, FileNames.split(path).folder)
  }

  private func folder(_ destination: Destination, _ path: FilePath) throws(SpoolError) -> Descriptor
  {
    let top = directories[destination]
    if path.isEmpty {
      return Descriptor(
        try calls.check(
          calls.openFolder(top, FilePath(".".utf8)), "open", FilePath(destination.rawValue.utf8)))
    }
    for _ in 0..<8 {
      let opened = calls.folderBeneath(top, path)
      if opened >= 0 { return Descriptor(opened) }
      guard opened == -ENOENT else { throw obstacle(-opened, path) }
      let (parent, name) = FileNames.split(path)
      let above = try folder(destination, parent)
      let made = calls.makeFolder(above.number, name, 0o700)
      if made == -EEXIST || made == -ENOENT { continue }
      if made < 0 { throw obstacle(-made, path) }
      try open(to: destination, above.number, name, path)
    }
    throw obstacle(ENOENT, path)
  }

  /// Gives a new folder the group and mode of its destination.
  private func open(
    to destination: Destination, _ above: Int32, _ name: FilePath, _ path: FilePath
  ) throws(SpoolError) {
    let handle = calls.handle(above, name)
    // Cleared away again, or replaced: the next look decides.
    guard handle >= 0 else { return }
    let file = Descriptor(handle)
    let whole = try calls.status(of: directories[destination], FilePath(destination.rawValue.utf8))
    let status = try calls.status(of: file.number, path)
    guard status.kind == .folder, status.owner == geteuid() else { return }
    if status.group != whole.group { _ = calls.setGroup(file.number, whole.group) }
    try calls.check(calls.setMode(file.number, whole.permissions & 0o2777), "chmod", path)
  }

  private func obstacle(_ code: Int32, _ path: FilePath) -> SpoolError {
    if SpoolError.isSystemFault(code) { return SpoolError("make folder", path, errno: code) }
    return SpoolError(
      .exists, "\(Display.name(path)): \(SpoolError.reason(code))", errno: code)
  }

  /// Notes what `syncPlaces()` has to make durable.
  func touch(_ destination: Destination, _ path: FilePath) {
    state.withLock { state in
      state.touched.insert(destination)
      if path.contains(FileNames.slash) { state.touchedFolders = true }
    }
  }

  /// Removes the emptied folders of a claim; its batch, with others, at the next `syncPlaces()`.
  func prune(_ claim: Claim) {
    removeFolders(of: claim)
    state.withLock { _ = $0.batches.insert(claim.batch) }
  }

  /// Removes the folders that were made for a claim alone.
  func removeFolders(of claim: Claim) {
    var folder = FileNames.split(ClaimPath.file(of: claim)).folder
    // What cannot be removed is cleared at the next start.
    while folder.count > claim.batch.utf8.count
      && calls.removeFolder(directories.work, folder) == 0
    {
      folder = FileNames.split(folder).folder
    }
  }

  /// Removes the batches that claims have left and that are empty now; a batch stays while others
  /// are in it.
  func pruneBatches() {
    let batches = state.withLock { state in
      defer { state.batches = [] }
      return state.batches
    }
    for batch in batches { _ = calls.removeFolder(directories.work, FilePath(batch.utf8)) }
  }
}
