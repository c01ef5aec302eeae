import SluiceCore

extension Spool {
  /// Inodes that must be free for claiming to go on: a claim takes two, a copy one.
  private static let leastInodes = 64

  /// Why claiming must stop for now, in one sentence; nil if there is room.
  package func lackOfRoom() throws(SpoolError) -> String? {
    let facts = calls.fileSystem(directories.root)
    if facts.result < 0 { throw SpoolError("statfs", path, errno: -facts.result) }
    if facts.freeBytes < options.freeSpaceBytes {
      return "\(facts.freeBytes) bytes are free where limits.free_space wants "
        + "\(options.freeSpaceBytes)"
    }
    if facts.freeInodes >= 0 && facts.freeInodes < Self.leastInodes {
      return "the file system has only \(facts.freeInodes) free inodes"
    }
    if let most = options.quarantineBytes, keptBytes >= most {
      return "quarantine/ and held/ take \(keptBytes) bytes of limits.quarantine_bytes (\(most))"
    }
    return nil
  }

  /// Bytes that `quarantine/` and `held/` take.
  package var keptBytes: Int { state.withLock { $0.keptBytes } }

  /// To be told when a kept file of that size was deleted from `quarantine/` or `held/`.
  package func keptFileLeft(bytes: Int) {
    state.withLock { $0.keptBytes = max(0, $0.keptBytes - bytes) }
  }
}
