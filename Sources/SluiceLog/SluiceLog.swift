// SluiceLog: the record of every decision, chained, sealed by signed checkpoints, and its check.
// Trusts: the key directory and the daemon's user; nothing that is read back from a log file.
// Never: writes a line twice in one file, changes one that was written, or calls a line durable
// before the system has said so.

import SluiceCore

/// Where the log lies and how it is kept.
package struct LogOptions: Sendable {
  /// The directory of `actions.jsonl`; made (0750) if it is not there.
  package var directory: String
  /// The directory of `log.key` and `log.pub`; made (0700) if it is not there.
  package var keyDirectory: String
  /// The name in checkpoints and in the key; used when the key is made, then read from it.
  package var origin: String
  /// Bytes after which the next file is started; 0 never.
  package var rotateBytes: Int
  /// Whether names and excerpts are written as salted digests, with the plain values beside.
  package var sealNames: Bool
  /// Permission bits of new log files.
  package var fileMode: UInt32
  /// The system calls that can fail; others in tests.
  package var calls: LogCalls

  package init(
    directory: String, keyDirectory: String, origin: String = LogOptions.defaultOrigin,
    rotateBytes: Int = 64 << 20, sealNames: Bool = false, fileMode: UInt32 = 0o640,
    calls: LogCalls = .system
  ) {
    self.directory = directory
    self.keyDirectory = keyDirectory
    self.origin = origin
    self.rotateBytes = rotateBytes
    self.sealNames = sealNames
    self.fileMode = fileMode
    self.calls = calls
  }
}
