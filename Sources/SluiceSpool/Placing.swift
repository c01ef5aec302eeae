import Glibc
import SluiceCore

extension Spool {
  /// The name an item has in `destination` unless it is taken: what a record announces.
  package func intendedName(of claim: Claim, in destination: Destination) -> FilePath {
    PlacedNames.name(of: claim, in: destination, attempt: 0) ?? FilePath(claim.id.description.utf8)
  }

  /// The `attempt`-th name to try, from 0 (the intended one); nil after the last. Numbers come
  /// first, then the item id, which also stands in where a number would not fit into 255 bytes.
  package func name(of claim: Claim, in destination: Destination, attempt: Int) -> FilePath? {
    PlacedNames.name(of: claim, in: destination, attempt: attempt)
  }

  /// Moves a claimed item out of `work/` to the first free name in `destination`.
  /// - Parameter identity: the file that was judged; `changed` is thrown if another lies there.
  ///   nil for an item that could not be opened.
  package func place(_ claim: Claim, _ identity: FileIdentity?, into destination: Destination)
    throws(SpoolError) -> PlacedName
  {
    var attempt = 0
    while let path = name(of: claim, in: destination, attempt: attempt) {
      do {
        try place(claim, identity, into: destination, at: path)
        return PlacedName(destination: destination, path: path, clashed: attempt > 0)
      } catch  where error.code == .exists {
        attempt += 1
      }
    }
    throw SpoolError(
      .exists, "no name is free for item \(claim.id) in \(destination.rawValue)/", errno: EEXIST)
  }

  /// As above, to exactly `path`; `exists` is thrown if that is taken or its folders cannot be made,
  /// and `gone` if there is no such claim. Sets mode and group of what leaves.
  package func place(
    _ claim: Claim, _ identity: FileIdentity?, into destination: Destination, at path: FilePath
  ) throws(SpoolError) {
    try settleCopy(of: claim, judged: identity)
    let from = ClaimPath.file(of: claim)
    // Nobody but the daemon's user enters `work/`, so the name stays what it is now.
    guard let status = try calls.look(directories.work, from) else { throw gone(from, ENOENT) }
    if let identity, status.identity != identity {
      throw SpoolError(
        .changed, "work/\(Display.name(from)) is not the file that was judged")
    }
    if status.kind == .regular, needsDressing(status, for: destination) {
      let file = try handle(directories.work, from)
      try dress(file.number, status, for: destination, from)
    }
    try rename(directories.work, from, into: destination, at: path)
    state.withLock { state in
      if destination.isClosed { state.keptBytes += status.size }
      state.writers[claim.id] = nil
    }
    prune(claim)
  }

  /// Moves a kept file, as it is, out of `quarantine/` or `held/` to exactly `path`; `exists` is
  /// thrown if that is taken or its folders cannot be made, and `gone` if there is no such file.
  package func move(
    _ name: FilePath, from origin: Destination, into destination: Destination, at path: FilePath
  ) throws(SpoolError) {
    let file = try handle(directories[origin], name)
    let size = try calls.status(of: file.number, name).size
    try rename(directories[origin], name, into: destination, at: path)
    state.withLock { state in
      state.touched.insert(origin)
      if origin.isClosed { state.keptBytes = max(0, state.keptBytes - size) }
      if destination.isClosed { state.keptBytes += size }
    }
  }

  /// The directory (relative to `work/`) and the name of a claimed file.
  package func workPath(of claim: Claim) -> (folder: FilePath, name: FilePath) {
    FileNames.split(ClaimPath.file(of: claim))
  }

  /// The file that lies under a claim's name; nil if none does.
  package func identity(of claim: Claim) throws(SpoolError) -> FileIdentity? {
    let path = ClaimPath.file(of: claim)
    return try calls.look(directories.work, path)?.identity
  }

  /// A claimed file, open for reading, as it lies there: no lease, no copy. The caller closes it.
  /// - Returns: nil if nothing or no regular file is there.
  package func reopen(_ claim: Claim) throws(SpoolError) -> Int32? {
    let path = ClaimPath.file(of: claim)
    do {
      let file = try handle(directories.work, path)
      guard try calls.status(of: file.number, path).kind == .regular else { return nil }
      return try calls.check(calls.reopen(file.number), "open", path)
    } catch  where error.code == .gone {
      return nil
    }
  }

  private func handle(_ directory: Int32, _ path: FilePath) throws(SpoolError) -> Descriptor {
    let handle = calls.handle(directory, path)
    if handle == -ENOENT || handle == -ENOTDIR { throw gone(path, -handle) }
    return Descriptor(try calls.check(handle, "look at", path))
  }

  private func gone(_ path: FilePath, _ code: Int32) -> SpoolError {
    SpoolError(.gone, "\(Display.name(path)) is not there", errno: code)
  }

  private func rename(
    _ directory: Int32, _ from: FilePath, into destination: Destination, at path: FilePath
  ) throws(SpoolError) {
    if !path.contains(FileNames.slash), FileNames.isBelow(path) {
      let moved = calls.move(directory, from, directories[destination], path)
      if moved == -ENOENT { throw gone(from, ENOENT) }
      if moved < 0 { throw SpoolError("move to \(destination.rawValue)", path, errno: -moved) }
      return touch(destination, path)
    }
    // Whoever fetches from a destination may clear away its empty folders at the same time.
    for _ in 0..<8 {
      let folder = try folder(of: path, in: destination)
      let name = FileNames.split(path).name
      let moved = calls.move(directory, from, folder.number, name)
      if moved == -ENOENT { continue }
      if moved < 0 { throw SpoolError("move to \(destination.rawValue)", path, errno: -moved) }
      return touch(destination, path)
    }
    throw SpoolError(.gone, "\(Display.name(from)) could not be moved: not there", errno: ENOENT)
  }
}
