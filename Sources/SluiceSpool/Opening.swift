import Glibc
import SluiceCore

extension Spool {
  /// How long to wait before an item with a writer is looked at again.
  private static let writerRetry: UInt64 = 1_000_000_000

  /// Opens a claimed item for judging.
  ///
  /// An item with a second link or another owner is copied to an inode of ours: whoever has a link
  /// or descriptor of the dropped file can still change that, and not the copy. The copy lies
  /// beside the claim and takes its place in `syncItems()`, when it is on the disk.
  /// - Parameter progress: called now and then while it copies.
  /// - Throws: faults of the system only; try again when they are over.
  package func open(
    _ claim: Claim, progress: () -> Void = {}
  ) throws(SpoolError) -> OpenResult {
    dropCopy(of: claim)
    let path = ClaimPath.file(of: claim)
    var raw = stat()
    let looked = calls.look(directories.work, path, &raw)
    if looked == -ENOENT || looked == -ENOTDIR { return .gone }
    if looked < 0 { return try unreadable(looked, path) }
    let dropped = FileStatus(raw)
    guard dropped.kind == .regular else { return .notRegular(dropped.kind) }
    // Nobody but the daemon's user enters `work/`: the name still names what was looked at.
    let opened = calls.open(directories.work, path)
    if opened == -ENOENT { return .gone }
    // Somebody's own write lease; the kernel takes it away in a while.
    if opened == -EAGAIN { return .stillWriting(retryAt: clock.monotonic() + Self.writerRetry) }
    if opened < 0 { return try unreadable(opened, path) }
    let reader = Descriptor(opened)
    let lease = calls.takeLease(reader.number)
    if lease == -EAGAIN { return writing(claim, reader.take(), dropped) }
    if lease < 0 && !Self.meansNoLease(lease) {
      throw SpoolError("lease", path, errno: -lease)
    }
    return try ready(claim, reader.take(), dropped, isLeased: lease >= 0, progress)
  }

  /// What lies in `work/` under the name of the claim, without opening it; nil where that cannot be
  /// said.
  package func look(at claim: Claim) -> FileStatus? {
    var raw = stat()
    return calls.look(directories.work, ClaimPath.file(of: claim), &raw) == 0
      ? FileStatus(raw) : nil
  }

  /// Whether somebody has opened the item for writing since, or (without a lease) has changed it.
  /// If so the lease is given up, the writer goes on, and what was judged must not be acted on:
  /// open the claim again.
  package func hasWriter(_ item: borrowing OpenedItem) throws(SpoolError) -> Bool {
    if item.isCopy { return false }
    if item.isLeased {
      if calls.leaseHeld(item.descriptor) == 1 { return false }
      _ = calls.dropLease(item.descriptor)
      return true
    }
    return try !calls.status(of: item.descriptor, []).isStill(since: item.seen)
  }

  /// Whether a lease was refused because of whose file it is or where it lies, not because of a
  /// writer or the machine.
  static func meansNoLease(_ result: Int32) -> Bool {
    [-EACCES, -EPERM, -EINVAL, -EOPNOTSUPP].contains(result)
  }

  private func unreadable(_ result: Int32, _ path: FilePath) throws(SpoolError) -> OpenResult {
    // A disk that gives no answer about one file is that file's own fault; if it is the whole disk,
    // the next step fails too.
    if SpoolError.isSystemFault(-result) && result != -EIO {
      throw SpoolError("open", path, errno: -result)
    }
    return .unreadable(errno: -result)
  }

  /// The item has a writer: wait, or give up waiting. Takes over `descriptor`.
  private func writing(_ claim: Claim, _ descriptor: Int32, _ dropped: FileStatus) -> OpenResult {
    let now = clock.monotonic()
    let since = state.withLock { state in
      let since = state.writers[claim.id] ?? now
      state.writers[claim.id] = since
      return since
    }
    if now - since >= options.writerWait.nanoseconds {
      return .overdue(
        OpenedItem(
          descriptor: descriptor, status: dropped, dropped: dropped, isCopy: false,
          isLeased: false))
    }
    close(descriptor)
    return .stillWriting(retryAt: now + Self.writerRetry)
  }

  private func ready(
    _ claim: Claim, _ descriptor: Int32, _ dropped: FileStatus, isLeased: Bool,
    _ progress: () -> Void
  ) throws(SpoolError) -> OpenResult {
    let original = Descriptor(descriptor)
    let isDoubtful = state.withLock { state in
      state.latest = max(state.latest ?? claim.id, claim.id)
      return state.doubtful.map { claim.id <= $0 } ?? false
    }
    let isOurs = dropped.links == 1 && dropped.owner == geteuid()
    let forged =
      isOurs && !isDoubtful ? Attributes.removeForged(from: original.number) : .cannotTell
    if forged != .cannotTell {
      // A removal changes the status.
      let seen =
        forged == .removed
        ? try calls.status(of: original.number, ClaimPath.file(of: claim)) : dropped
      state.withLock { _ = $0.writers.removeValue(forKey: claim.id) }
      return .ready(
        OpenedItem(
          descriptor: original.take(), status: seen, dropped: dropped, isCopy: false,
          isLeased: isLeased))
    }
    let path = ClaimPath.copy(of: claim)
    _ = calls.remove(directories.work, path)
    let copy = Descriptor(
      try calls.check(calls.create(directories.work, path, 0o600), "make", path))
    let status: FileStatus
    do {
      switch try OwnCopy.fill(
        copy.number, from: original.number, dropped, path, calls, progress: progress)
      {
      case .whole: break
      case .unreadable(let code):
        _ = calls.remove(directories.work, path)
        return .unreadable(errno: code)
      case .changed:
        _ = calls.remove(directories.work, path)
        return writing(claim, original.take(), dropped)
      }
      let after = try calls.status(of: original.number, path)
      let hasWriter =
        isLeased ? calls.leaseHeld(original.number) != 1 : !after.isStill(since: dropped)
      if hasWriter {
        _ = calls.remove(directories.work, path)
        _ = calls.dropLease(original.number)
        return writing(claim, original.take(), dropped)
      }
      status = try calls.status(of: copy.number, path)
    } catch {
      _ = calls.remove(directories.work, path)
      throw error
    }
    state.withLock { state in
      state.copies[claim.id] = PendingCopy(claim: claim, identity: status.identity)
      state.writers[claim.id] = nil
    }
    return .ready(
      OpenedItem(
        descriptor: copy.take(), status: status, dropped: dropped, isCopy: true, isLeased: false))
  }

  /// Forgets a copy that has not replaced its file.
  func dropCopy(of claim: Claim) {
    if state.withLock({ $0.copies.removeValue(forKey: claim.id) }) != nil {
      _ = calls.remove(directories.work, ClaimPath.copy(of: claim))
    }
  }
}
