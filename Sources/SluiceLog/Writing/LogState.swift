import Glibc
import SluiceCore

/// All that the writer's lock guards.
struct LogState: Sendable {
  let directory: LogDirectory
  let options: LogOptions
  let clock: Clock
  let key: LogKey
  let lock: DirectoryLock
  /// The file being written; nil between files, before the first line of the next.
  var file: AppendFile?
  /// The number of that file's first line.
  var fileFirst: Int
  /// Tree and chain after the last durable line.
  var durable: TreeState
  /// Tree and chain after the last line given out.
  var latest: TreeState
  /// Lines given out and not yet durable.
  var pending: [UInt8] = []
  /// What their sealed names add to the side file.
  var pendingNames: [UInt8] = []
  var names: AppendFile?
  var checkpoints: CheckpointFile
  var lastCheckpoint: Checkpoint?
  /// The state before each file that is still there, by its first number.
  var borders: [Int: TreeState]
  /// Why the current file was given up, until the next one says so.
  var failure: LogError?
  /// The lines in hand already say that the log goes on in another file.
  private var hasToldFailure = false
  var rotationFailure: LogError?
  var isClosed = false

  init(
    directory: LogDirectory, options: LogOptions, clock: Clock, key: LogKey, lock: DirectoryLock,
    file: AppendFile?, fileFirst: Int, state: TreeState, checkpoints: CheckpointFile,
    lastCheckpoint: Checkpoint?, borders: [Int: TreeState]
  ) {
    self.directory = directory
    self.options = options
    self.clock = clock
    self.key = key
    self.lock = lock
    self.file = file
    self.fileFirst = fileFirst
    durable = state
    latest = state
    self.checkpoints = checkpoints
    self.lastCheckpoint = lastCheckpoint
    self.borders = borders
  }

  var nextSeq: Int { latest.tree.size + 1 }

  mutating func append(_ records: [LogRecord]) throws(LogError) -> ClosedRange<Int> {
    guard !isClosed else {
      throw LogError(.closed, "the log is closed", path: directory.path)
    }
    precondition(!records.isEmpty, "an append needs a record")
    let first = nextSeq
    for record in records { add(record) }
    return first...(nextSeq - 1)
  }

  mutating func add(_ record: LogRecord) {
    var record = record
    let time = clock.now()
    if options.sealNames {
      record.members = SealedValues.seal(record.members, time: time, side: &pendingNames)
    }
    let line = LineForm.write(record, seq: nextSeq, time: time, prev: latest.prev)
    latest.append(line)
    pending.append(contentsOf: line)
  }

  mutating func commit() throws(LogError) {
    guard !isClosed else { throw LogError(.closed, "the log is closed", path: directory.path) }
    guard !pending.isEmpty else { return }
    try commitNames()
    if let failure, file?.isBroken == true { try giveUpFile(failure) }
    try restoreFile()
    if file == nil { try startFile() }
    do {
      try file!.append(pending)
    } catch {
      if file!.isBroken { failure = error }
      throw error
    }
    pending.removeAll(keepingCapacity: true)
    durable = latest
    hasToldFailure = false
    if options.rotateBytes > 0, file!.length >= options.rotateBytes {
      // The lines are durable, so that this is no failure of the commit.
      do throws(LogError) { try rotate() } catch { rotationFailure = error }
    }
  }

  /// Somebody removed the file that is being written: all it held is written anew before a line
  /// follows that an action would rest on.
  private mutating func restoreFile() throws(LogError) {
    guard let removed = file, !removed.isBroken, try removed.isRemoved() else { return }
    file = try removed.restored(mode: options.fileMode)
    removed.close()
    try directory.sync()
    add(
      LogRecord(
        .logRestarted,
        [
          JSON.Member("from", .int(fileFirst)),
          JSON.Member("cause", .string("its file was removed; what it held was written anew")),
        ]))
  }

  /// Plain values come before the lines that name their digests.
  private mutating func commitNames() throws(LogError) {
    guard !pendingNames.isEmpty else { return }
    if let broken = names, broken.isBroken {
      broken.close()
      if broken.length == 0 { unlink(broken.path) }
      names = nil
    }
    if names == nil {
      // Numbered by the line that comes next; more than one file may be begun before it is written.
      var number = nextSeq
      while access(namesPath(number), F_OK) == 0 { number += 1 }
      names = try AppendFile.create(namesPath(number), mode: 0o600, calls: options.calls)
      try directory.sync()
    }
    try names!.append(pendingNames)
    pendingNames.removeAll(keepingCapacity: true)
  }

  private func namesPath(_ number: Int) -> String {
    directory.path(of: "\(SealedValues.prefix)\(LogDirectory.padded(number)).jsonl")
  }

  /// Leaves a file whose sync failed: what of it is durable stays the chain's, and the next file
  /// repeats the rest.
  private mutating func giveUpFile(_ failure: LogError) throws(LogError) {
    guard let broken = file else { return }
    if broken.length == 0 {
      guard unlink(broken.path) == 0 || errno == ENOENT else {
        throw .call("remove", path: broken.path)
      }
    } else {
      let path = directory.path(of: LogDirectory.rotatedName(first: fileFirst))
      guard rename(broken.path, path) == 0 else { throw .call("rename", path: broken.path) }
    }
    broken.close()
    file = nil
    try directory.sync()
  }

  /// Begins `actions.jsonl` anew with the line after the last durable one.
  mutating func startFile() throws(LogError) {
    let path = directory.path(of: LogDirectory.current)
    let created = try AppendFile.create(path, mode: options.fileMode, calls: options.calls)
    do {
      try directory.sync()
    } catch {
      // Not known to be there after a power cut: no line may rest in it.
      created.close()
      unlink(path)
      throw error
    }
    file = created
    fileFirst = durable.tree.size + 1
    borders[fileFirst] = durable
    if let failure, !hasToldFailure {
      hasToldFailure = true
      add(
        LogRecord(
          .logRestarted,
          [
            JSON.Member("from", .int(fileFirst)), JSON.Member("cause", .string(failure.message)),
          ]))
    }
    failure = nil
  }
}
