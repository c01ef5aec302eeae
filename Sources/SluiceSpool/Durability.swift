import Glibc
import SluiceCore

extension Spool {
  /// Makes the bytes and claims of all items opened so far durable. Before records are written.
  ///
  /// Copies take the place of what they were copied from only now: before, a power cut could have
  /// left a name with nothing behind it.
  ///
  /// After a failure nothing judged so far may be acted on: the copies are dropped, and all claims
  /// known by now are copied when they are opened again, so that their bytes are written anew. A
  /// failed sync is never repeated as if it could succeed.
  package func syncItems() throws(SpoolError) {
    let copies = state.withLock { Array($0.copies.values) }
    let result = calls.syncAll(directories.root)
    if result < 0 {
      for copy in copies { dropCopy(of: copy.claim) }
      state.withLock { state in
        var random = SystemRandomNumberGenerator()
        let now = state.ids.next(at: clock.now(), using: &random)
        state.doubtful = max(state.latest ?? now, now)
      }
      throw SpoolError("sync", path, errno: -result)
    }
    for copy in copies { try seal(copy) }
  }

  /// Makes all placements and publications so far durable. After the actions.
  package func syncPlaces() throws(SpoolError) {
    pruneBatches()
    let (touched, folders) = state.withLock { state in
      defer { (state.touched, state.touchedFolders) = ([], false) }
      return (state.touched, state.touchedFolders)
    }
    if folders {
      try calls.check(calls.syncAll(directories.root), "sync", FilePath(path.utf8))
      return
    }
    for destination in Destination.allCases where touched.contains(destination) {
      try calls.check(
        calls.syncFile(directories[destination]), "sync", FilePath(destination.rawValue.utf8))
    }
  }

  /// Lets a durable copy replace what it was copied from.
  private func seal(_ copy: PendingCopy) throws(SpoolError) {
    // Opened anew in the meantime: that copy has its own turn.
    guard state.withLock({ $0.copies[copy.claim.id]?.identity }) == copy.identity else { return }
    let moved = calls.moveOver(
      directories.work, ClaimPath.copy(of: copy.claim),
      directories.work, ClaimPath.file(of: copy.claim))
    if moved < 0 && moved != -ENOENT {
      throw SpoolError("replace by its copy", ClaimPath.file(of: copy.claim), errno: -moved)
    }
    state.withLock { _ = $0.copies.removeValue(forKey: copy.claim.id) }
  }

  /// Before an item is placed: what was judged must lie under its name.
  func settleCopy(of claim: Claim, judged: FileIdentity?) throws(SpoolError) {
    guard let copy = state.withLock({ $0.copies[claim.id] }) else { return }
    guard copy.identity == judged else { return dropCopy(of: claim) }
    let path = ClaimPath.copy(of: claim)
    let handle = Descriptor(try calls.check(calls.handle(directories.work, path), "open", path))
    let file = Descriptor(try calls.check(calls.reopen(handle.number), "open", path))
    try calls.check(calls.syncFile(file.number), "sync", path)
    try seal(copy)
  }
}
