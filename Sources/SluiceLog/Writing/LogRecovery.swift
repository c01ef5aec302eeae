import Crypto
import Glibc
import SluiceCore

/// What was found and done when the log was opened.
package struct LogRecovery: Sendable, Hashable {
  /// The log did not exist before.
  package var isNew: Bool
  /// Lines that were there and were kept, those removed by retention included.
  package var lines: Int
  /// Bytes that were cut off since they do not continue the chain; 0 after a clean stop.
  package var cutBytes: Int
  /// The file that keeps what was cut off.
  package var keptIn: String?
  /// The last record before this start is `stopped`, or the log is new.
  package var wasStoppedCleanly: Bool
}

/// Cuts off what a crash left behind the last good line, and keeps it in a file of its own.
struct LogRest {
  /// Suffix while the cut is not yet recorded.
  static let pending = ".pending"

  /// Moves the rest aside: copied and synced first, then cut off. Repeating it does no harm.
  static func cut(_ opening: LogOpening, mode: UInt32, calls: LogCalls) throws(LogError) {
    guard let broken = opening.broken else { return }
    let directory = opening.directory
    var rest: [UInt8] = []
    for (index, file) in opening.files.enumerated() where index >= broken.file {
      guard let bytes = try LogDirectory.read(directory.path(of: file.name)) else { continue }
      rest.append(contentsOf: index == broken.file ? bytes.dropFirst(broken.offset) : bytes[...])
    }
    try keep(rest, after: opening.state.tree.size, in: directory, mode: mode, calls: calls)
    for file in opening.files.dropFirst(broken.file + 1).reversed() {
      guard unlink(directory.path(of: file.name)) == 0 else {
        throw .call("remove", path: directory.path(of: file.name))
      }
    }
    let path = directory.path(of: opening.files[broken.file].name)
    try AppendFile.reopen(path, length: broken.offset, calls: calls).close()
    try directory.sync()
  }

  /// Moves `actions.jsonl` aside where not even its first line is whole; an empty one is removed.
  static func cutUnread(
    _ opening: LogOpening, mode: UInt32, calls: LogCalls
  ) throws(LogError) {
    let directory = opening.directory
    let path = directory.path(of: LogDirectory.current)
    guard !opening.files.contains(where: { $0.name == LogDirectory.current }),
      let bytes = try LogDirectory.read(path)
    else { return }
    if !bytes.isEmpty {
      try keep(bytes, after: opening.state.tree.size, in: directory, mode: mode, calls: calls)
    }
    guard unlink(path) == 0 else { throw .call("remove", path: path) }
    try directory.sync()
  }

  /// Cuts off the end of a file that the next one should repeat, where it does not: such lines were
  /// never confirmed, and others have or will have their numbers.
  static func cutRepeats(
    _ opening: LogOpening, mode: UInt32, calls: LogCalls
  ) throws(LogError) {
    let directory = opening.directory
    for (index, offset) in opening.repeats {
      let path = directory.path(of: opening.files[index].name)
      let next = directory.path(of: opening.files[index + 1].name)
      guard let bytes = try LogDirectory.read(path), bytes.count > offset else { continue }
      let rest = bytes[offset...]
      if try LogDirectory.read(next)?.starts(with: rest) ?? false { continue }
      let last = opening.files[index + 1].first - 1
      try keep(Array(rest), after: last, in: directory, mode: mode, calls: calls)
      try AppendFile.reopen(path, length: offset, calls: calls).close()
    }
  }

  static func keep(
    _ rest: [UInt8], after seq: Int, in directory: LogDirectory, mode: UInt32, calls: LogCalls
  ) throws(LogError) {
    let base = "recovered-\(LogDirectory.padded(seq + 1))-"
    let names = try directory.entries()
    // A crash between copy and cut finds the same rest again.
    let digest = Hex.encode(SHA256.hash(data: rest).prefix(8))
    if names.contains(where: { $0.hasPrefix(base + digest) }) { return }
    try directory.replace(base + digest + pending, with: rest, mode: mode)
  }

  /// The records of cuts that are not yet in the log, with the names of their files.
  static func unrecorded(
    in directory: LogDirectory
  ) throws(LogError) -> [(name: String, record: LogRecord)] {
    var found: [(String, LogRecord)] = []
    for name in try directory.entries().sorted()
    where name.hasPrefix("recovered-") && name.hasSuffix(pending) {
      let bytes = try LogDirectory.read(directory.path(of: name)) ?? []
      let final = String(name.dropLast(pending.count)) + ".bin"
      let digits = name.dropFirst(10).prefix { $0 != "-" }
      found.append(
        (
          name,
          LogRecord(
            .recovered,
            [
              JSON.Member("kind", .string("torn-log")),
              JSON.Member("after", .int((Int(digits) ?? 1) - 1)),
              JSON.Member("bytes", .int(bytes.count)),
              JSON.Member("sha256", .string(Hex.encode(SHA256.hash(data: bytes)))),
              JSON.Member("kept", .string(final)),
            ])
        ))
    }
    return found
  }
}
