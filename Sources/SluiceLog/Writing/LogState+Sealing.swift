import Glibc
import SluiceCore

extension LogState {
  mutating func checkpoint() throws(LogError) -> Checkpoint? {
    guard !isClosed else { throw LogError(.closed, "the log is closed", path: directory.path) }
    if let last = lastCheckpoint, last.size == durable.tree.size { return last }
    guard durable.tree.size > 0 else { return nil }
    let next = Checkpoint(
      origin: key.verifier.name, size: durable.tree.size, root: durable.tree.root, key: key)
    try checkpoints.append(next)
    lastCheckpoint = next
    return next
  }

  mutating func rotate() throws(LogError) {
    try commit()
    // A commit may have rotated by itself.
    guard let full = file, full.length > 0, !full.isBroken else { return }
    _ = try checkpoint()
    let path = directory.path(of: LogDirectory.rotatedName(first: fileFirst))
    guard sluiceRename(full.path, path) else { throw .call("rename", path: full.path) }
    full.close()
    file = nil
    names?.close()
    names = nil
    rotationFailure = nil
    borders[durable.tree.size + 1] = durable
    try directory.sync()
    try thinCheckpoints()
    try writeTree()
  }

  mutating func close() throws(LogError) {
    guard !isClosed else { return }
    defer { giveUp() }
    try commit()
    _ = try checkpoint()
    borders[durable.tree.size + 1] = durable
    try writeTree()
  }

  /// Lets go of files and lock without writing anything.
  mutating func giveUp() {
    guard !isClosed else { return }
    isClosed = true
    file?.close()
    names?.close()
    checkpoints.close()
    lock.release()
  }

  mutating func removeRotated(before: Timestamp, neededFrom: Int) throws(LogError) -> [String] {
    let files = try directory.files()
    var old: [LogDirectory.File] = []
    for (file, next) in zip(files, files.dropFirst()) {
      guard next.first <= neededFrom, next.first - 1 <= durable.tree.size,
        try Self.lastTime(directory.path(of: file.name)).map({ $0 < before }) ?? false
      else { break }
      old.append(file)
    }
    // With the current file not begun yet, the newest rotated one stays: it holds the last line.
    guard let last = old.last, let next = files.first(where: { $0.first > last.first }) else {
      return []
    }
    try writeTree()
    add(
      LogRecord(
        .logRemoved,
        [
          JSON.Member("first", .int(old[0].first)), JSON.Member("last", .int(next.first - 1)),
          JSON.Member("files", .array(old.map { .string($0.name) })),
        ]))
    try commit()
    _ = try checkpoint()
    for file in old {
      guard unlink(directory.path(of: file.name)) == 0 || errno == ENOENT else {
        throw .call("remove", path: directory.path(of: file.name))
      }
      borders[file.first] = nil
    }
    try directory.sync()
    try thinCheckpoints()
    try writeTree()
    return old.map(\.name)
  }

  mutating func removeSealedNames(before: Timestamp) throws(LogError) -> [String] {
    var removed: [String] = []
    let current = names.map { $0.path }
    for name in try directory.entries().sorted()
    where LogDirectory.number(in: name, prefix: SealedValues.prefix, suffix: ".jsonl") != nil {
      let path = directory.path(of: name)
      guard path != current, try Self.lastTime(path).map({ $0 < before }) ?? true else { continue }
      guard unlink(path) == 0 || errno == ENOENT else { throw .call("remove", path: path) }
      removed.append(name)
    }
    try directory.sync()
    return removed
  }

  /// The time of the last whole line; nil if none can be read.
  private static func lastTime(_ path: String) throws(LogError) -> Timestamp? {
    let lines = try BackwardReader(path: path)
    while let line = try lines.next() {
      if let json = try? JSON(parsing: line), let text = json["time"]?.text {
        return Timestamp(text)
      }
    }
    return nil
  }

  /// Of the checkpoints inside full files only the last of each file is kept: it seals what the
  /// others seal.
  private mutating func thinCheckpoints() throws(LogError) {
    let (all, _, _) = try CheckpointFile.read(directory.path(of: LogDirectory.checkpoints))
    let borders = borders.keys.sorted()
    let firstKept = borders.first ?? 1
    var kept: [Checkpoint] = []
    for checkpoint in all where checkpoint.size + 1 >= firstKept {
      if let last = kept.last, last.origin == checkpoint.origin,
        last.note.signatures.first?.name == checkpoint.note.signatures.first?.name,
        !borders.contains(where: { $0 > last.size && $0 <= checkpoint.size }),
        checkpoint.size <= durable.tree.size
      {
        kept[kept.count - 1] = checkpoint
      } else {
        kept.append(checkpoint)
      }
    }
    if kept.count < all.count { try checkpoints.replace(with: kept) }
  }

  private func writeTree() throws(LogError) {
    let states = borders.values.sorted { $0.tree.size < $1.tree.size }
    try directory.replace(
      LogDirectory.tree, with: TreeState.write(states), mode: options.fileMode)
  }

  private func sluiceRename(_ from: String, _ to: String) -> Bool {
    access(to, F_OK) != 0 && rename(from, to) == 0
  }
}
