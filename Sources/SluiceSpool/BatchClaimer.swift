import Glibc
import SluiceCore

/// Makes claims: one rename each, into the current batch's folder.
struct BatchClaimer {
  enum Outcome {
    case claimed(Claim)
    case gone
    case unclaimable(Unclaimable.Reason, String)
  }

  private let spool: Spool
  private var batch: (name: String, used: Int)?

  init(_ spool: Spool) { self.spool = spool }

  /// Claims the file `name` of an open folder.
  /// - Parameter path: below `incoming/`.
  mutating func claim(_ folder: Int32, _ name: FilePath, path: FilePath) throws(SpoolError)
    -> Outcome
  {
    let (source, itemName) = ClaimPath.sourceAndName(path)
    for _ in 0..<4 {
      let (batch, position) = try place()
      let claim = Claim(
        id: nextID(), batch: batch, position: position, source: source, name: itemName)
      let target = ClaimPath.file(of: claim)
      guard try makeFolders(for: claim) else {
        // The batch was emptied and removed in the meantime.
        self.batch = nil
        continue
      }
      let moved = spool.calls.move(folder, name, spool.directories.work, target)
      if moved >= 0 { return .claimed(claim) }
      spool.removeFolders(of: claim)
      switch -moved {
      case ENOENT where isGone(batch):
        // The batch was emptied and removed in the meantime.
        self.batch = nil
        continue
      case ENOENT: return .gone
      case EACCES, EPERM:
        return .unclaimable(.refused, "may not be taken: \(SpoolError.reason(-moved))")
      case EXDEV: return .unclaimable(.otherFileSystem, "another file system is mounted here")
      default:
        if SpoolError.isSystemFault(-moved) { throw SpoolError("claim", path, errno: -moved) }
        return .unclaimable(.refused, SpoolError.reason(-moved))
      }
    }
    throw SpoolError("claim", path, errno: EAGAIN)
  }

  /// The batch and position of the next claim.
  private mutating func place() throws(SpoolError) -> (String, Int) {
    if let current = batch, current.used < ClaimPath.batchSize {
      batch = (current.name, current.used + 1)
      return (current.name, current.used)
    }
    let name = nextID().description
    let path = FilePath(name.utf8)
    try spool.calls.check(
      spool.calls.makeFolder(spool.directories.work, path, 0o700), "make folder", path)
    batch = (name, 1)
    return (name, 0)
  }

  /// The item's folder and what is nested in it, where the path is too long for one name.
  /// - Returns: false if the batch's folder is not there.
  private func makeFolders(for claim: Claim) throws(SpoolError) -> Bool {
    var missing: [FilePath] = []
    var folder = spool.workPath(of: claim).folder
    while folder.count > claim.batch.utf8.count {
      missing.append(folder)
      folder = FileNames.split(folder).folder
    }
    for path in missing.reversed() {
      let made = spool.calls.makeFolder(spool.directories.work, path, 0o700)
      if made == -ENOENT { return false }
      try spool.calls.check(made, "make folder", path)
    }
    return true
  }

  private func isGone(_ batch: String) -> Bool {
    var status = stat()
    return spool.calls.look(spool.directories.work, FilePath(batch.utf8), &status) == -ENOENT
  }

  private func nextID() -> ItemID {
    let now = spool.clock.now()
    return spool.state.withLock { state in
      var random = SystemRandomNumberGenerator()
      let id = state.ids.next(at: now, using: &random)
      state.latest = max(state.latest ?? id, id)
      return id
    }
  }
}
