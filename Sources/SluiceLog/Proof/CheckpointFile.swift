import Glibc

/// The file `checkpoints` beside the log: signed notes, each followed by an empty line.
struct CheckpointFile: Sendable {
  private let directory: LogDirectory
  private let mode: UInt32
  private let calls: LogCalls
  private var file: AppendFile

  /// Reads the checkpoints of any key, in the order of the file. A torn end is left out.
  /// `strangers`: whole notes that are no checkpoints.
  static func read(
    _ path: String
  ) throws(LogError) -> (checkpoints: [Checkpoint], length: Int, strangers: Int) {
    guard let bytes = try LogDirectory.read(path) else { return ([], 0, 0) }
    let (notes, length) = SignedNote.parse(bytes)
    let checkpoints = notes.compactMap(Checkpoint.init(note:))
    return (checkpoints, length, notes.count - checkpoints.count)
  }

  /// Opens the file for more, or makes it. `length`: how much of it is whole notes.
  static func open(
    _ directory: LogDirectory, length: Int, mode: UInt32, calls: LogCalls
  ) throws(LogError) -> CheckpointFile {
    let path = directory.path(of: LogDirectory.checkpoints)
    let file: AppendFile
    if access(path, F_OK) == 0 {
      file = try AppendFile.reopen(path, length: length, calls: calls)
    } else {
      file = try AppendFile.create(path, mode: mode, calls: calls)
      try directory.sync()
    }
    return CheckpointFile(directory: directory, mode: mode, calls: calls, file: file)
  }

  mutating func append(_ checkpoint: Checkpoint) throws(LogError) {
    let note = Array((checkpoint.note.rendered + "\n").utf8)
    guard file.isBroken else { return try file.append(note) }
    // What the system still holds of the old file is not known: a new one takes its place, with
    // what was durable.
    let known = try LogDirectory.read(file.path) ?? []
    try replace(with: Array(known.prefix(file.length)) + note)
  }

  /// Puts a file with these checkpoints in the place of the old one.
  mutating func replace(with checkpoints: [Checkpoint]) throws(LogError) {
    try replace(with: checkpoints.flatMap { Array(($0.note.rendered + "\n").utf8) })
  }

  private mutating func replace(with bytes: [UInt8]) throws(LogError) {
    try directory.replace(LogDirectory.checkpoints, with: bytes, mode: mode)
    file.close()
    file = try AppendFile.reopen(file.path, length: bytes.count, calls: calls)
  }

  func close() { file.close() }
}
