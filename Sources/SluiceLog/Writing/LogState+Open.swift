import Glibc
import SluiceCore

extension LogState {
  /// The format of the files of this version.
  static let format = 1

  static func open(_ options: LogOptions, clock: Clock) throws(LogError) -> (LogState, LogRecovery)
  {
    try LogDirectory.make(options.directory, mode: 0o750)
    let directory = LogDirectory(path: options.directory, calls: options.calls)
    let lock = try DirectoryLock(options.directory)
    try checkFormat(directory, options)
    let (key, isNewKey) = try LogKeyStore.open(options)
    let (all, length, _) = try CheckpointFile.read(directory.path(of: LogDirectory.checkpoints))
    let own = all.last { $0.isSigned(by: key.verifier) }
    var opening = try LogOpening(directory: directory, checkpoint: own)
    try opening.run()
    let cut = try opening.cutBytes
    try LogRest.cut(opening, mode: 0o600, calls: options.calls)
    try LogRest.cutRepeats(opening, mode: 0o600, calls: options.calls)
    try LogRest.cutUnread(opening, mode: 0o600, calls: options.calls)

    let isNew = opening.state.tree.size == 0
    var file: AppendFile?
    var fileFirst = opening.state.tree.size + 1
    if let end = opening.end, opening.files[end.file].name == LogDirectory.current {
      file = try AppendFile.reopen(
        directory.path(of: LogDirectory.current), length: end.offset, calls: options.calls)
      fileFirst = opening.files[end.file].first
    }
    let checkpoints = try CheckpointFile.open(
      directory, length: length, mode: options.fileMode, calls: options.calls)
    let firsts = Set(opening.files.map(\.first)).union([opening.state.tree.size + 1])
    var state = LogState(
      directory: directory, options: options, clock: clock, key: key, lock: lock, file: file,
      fileFirst: fileFirst, state: opening.state,
      checkpoints: checkpoints, lastCheckpoint: own,
      borders: opening.borders.filter { firsts.contains($0.key) })
    let cuts = try LogRest.unrecorded(in: directory)
    try state.begin(
      isNew: isNew, isNewKey: isNewKey && !isNew || !isNew && own == nil && !all.isEmpty,
      cuts: cuts)
    return (
      state,
      LogRecovery(
        isNew: isNew, lines: opening.state.tree.size, cutBytes: cut,
        keptIn: cuts.last.map { $0.record.members.last!.value.text ?? "" },
        wasStoppedCleanly: isNew || (opening.lastEvent == .stopped && cut == 0))
    )
  }

  /// The records that the writer itself makes at a start, durable before anything else.
  private mutating func begin(
    isNew: Bool, isNewKey: Bool, cuts: [(name: String, record: LogRecord)]
  ) throws(LogError) {
    if isNew || isNewKey {
      add(
        LogRecord(
          isNew ? .logCreated : .logKey,
          [
            JSON.Member("format", .int(Self.format)),
            JSON.Member("origin", .string(key.verifier.name)),
            JSON.Member("key", .string(key.verifier.description)),
          ]))
    }
    for cut in cuts { add(cut.record) }
    do throws(LogError) {
      try commit()
      for cut in cuts {
        let final = String(cut.name.dropLast(LogRest.pending.count)) + ".bin"
        guard rename(directory.path(of: cut.name), directory.path(of: final)) == 0 else {
          throw LogError.call("rename", path: directory.path(of: cut.name))
        }
      }
      if !cuts.isEmpty { try directory.sync() }
    } catch {
      giveUp()
      throw error
    }
  }

  private static func checkFormat(
    _ directory: LogDirectory, _ options: LogOptions
  ) throws(LogError) {
    let path = directory.path(of: LogDirectory.format)
    guard let bytes = try LogDirectory.read(path) else {
      return try directory.replace(
        LogDirectory.format, with: Array("sluice-log \(format)\n".utf8), mode: options.fileMode)
    }
    let words = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isWhitespace)
    guard words.count == 2, words[0] == "sluice-log", let number = Int(words[1]), number >= 1 else {
      throw LogError(.format, "not the format of a log", path: path)
    }
    guard number <= format else {
      throw LogError(
        .format, "format \(number) is newer than the \(format) that this version writes", path: path
      )
    }
  }
}
