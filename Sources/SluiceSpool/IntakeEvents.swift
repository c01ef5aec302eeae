import Glibc
import SluiceCore

extension IntakeLoop {
  private static let mostFolders = 256

  /// Takes up an event of a watched folder.
  func note(_ event: Watcher.Event) {
    if event.has(Int32(IN_Q_OVERFLOW)) {
      needsScan = true
      return
    }
    if event.has(Int32(IN_IGNORED)) { return watched.ended(event.folder) }
    // Paths below it are no longer true.
    if event.has(Int32(IN_MOVE_SELF)) || event.has(Int32(IN_DELETE_SELF)) {
      needsScan = true
      return
    }
    guard let folder = watched[event.folder], !FileNames.isUnfinished(event.name) else { return }
    let path = FileNames.join(folder, event.name)
    if event.mask & UInt32(IN_ISDIR) != 0 {
      if folders.count < Self.mostFolders { folders.append(path) } else { needsScan = true }
      return
    }
    let notice: Candidate.Notice =
      event.has(Int32(IN_CLOSE_WRITE))
      ? .closed : event.has(Int32(IN_MOVED_TO)) ? .moved : .made
    // Its writer has only just begun, as a rule; the close tells when to look.
    if notice == .made && !isWorthALook(path) { return }
    if !events.append(Candidate(path: path, notice: notice, time: spool.clock.now())) {
      needsScan = true
    }
  }

  /// Whether something new under a name will get no other event: a further link to a finished file,
  /// or something that nobody writes to and closes.
  private func isWorthALook(_ path: FilePath) -> Bool {
    let handle = spool.calls.handle(spool.directories.incoming, path)
    guard handle >= 0 else { return false }
    let file = Descriptor(handle)
    do {
      let status = try spool.calls.status(of: file.number, path)
      return status.kind != .regular || status.links > 1
    } catch {
      // The look says what is wrong.
      return true
    }
  }

  /// Looks at a candidate that an event named.
  func take(_ candidate: Candidate, _ claims: inout [Claim]) throws(SpoolError) {
    let (folder, name) = FileNames.split(candidate.path)
    if folder.isEmpty {
      if try take(candidate, spool.directories.incoming, name, &claims) {
        folders.append(candidate.path)
      }
      return
    }
    let opened = spool.calls.folderBeneath(spool.directories.incoming, folder)
    switch -opened {
    // Gone or moved; its new place has its own event.
    case ENOENT, ENOTDIR, ELOOP, EXDEV: return waiting.forget(candidate.path)
    case EACCES, EPERM:
      waiting.forget(candidate.path)
      return report(folder, .closedFolder, "the folder is closed to the spool's user")
    default: break
    }
    let open = Descriptor(try spool.calls.check(opened, "open", folder))
    if try take(candidate, open.number, name, &claims) { folders.append(candidate.path) }
  }

  /// Looks at a candidate in an open folder and claims it if it is ready.
  /// - Returns: whether it is a folder.
  func take(
    _ candidate: Candidate, _ folder: Int32, _ name: FilePath, _ claims: inout [Claim]
  ) throws(SpoolError) -> Bool {
    let path = candidate.path
    let known = waiting.entries[path]?.candidate ?? candidate
    switch try inspector.look(folder, name, candidate.notice, path: path) {
    case .gone: forget(path)
    case .folder: return true
    case .unclaimable(let reason, let detail): report(path, reason, detail)
    case .writer(let status): wait(candidate, status, settling: nil)
    case .unsettled(let status, let rest):
      if wait(known, status, settling: rest) { try claim(path, folder, name, status, &claims) }
    case .ready(let status): try claim(path, folder, name, status, &claims)
    }
    return false
  }

  private func claim(
    _ path: FilePath, _ folder: Int32, _ name: FilePath, _ status: FileStatus,
    _ claims: inout [Claim]
  ) throws(SpoolError) {
    lastChanged = Timestamp(microseconds: status.changed / 1000)
    guard path.count <= FileNames.longestPath else {
      return report(path, .tooDeep, "too long a path")
    }
    switch try claimer.claim(folder, name, path: path) {
    case .claimed(let claim):
      claims.append(claim)
      forget(path)
    case .gone: forget(path)
    case .unclaimable(let reason, let detail): report(path, reason, detail)
    }
  }

  @discardableResult
  private func wait(_ candidate: Candidate, _ status: FileStatus, settling: UInt64?) -> Bool {
    leftBehind += 1
    return waiting.note(
      candidate, status, settling: settling, settle: settle, now: spool.clock.monotonic())
  }

  private func forget(_ path: FilePath) {
    waiting.forget(path)
    unclaimable.forget(path)
  }

  func report(_ path: FilePath, _ reason: Unclaimable.Reason, _ detail: String) {
    leftBehind += 1
    waiting.forget(path)
    unclaimable.note(
      Unclaimable(path: path, reason: reason, detail: detail, since: spool.clock.now()))
  }
}
