import Glibc
import SluiceCore

/// Checks a whole log: chain, tree, and checkpoints. Reads only; needs no writer's lock.
package enum LogVerifier {
  package struct Options: Sendable {
    /// Public keys whose checkpoints count; empty: those in `keyDirectory`, else `log.pub` beside
    /// the log, else the one that the log itself names.
    package var keys: [LogVerifierKey]
    package var keyDirectory: String?
    /// A file with checkpoints that were kept elsewhere.
    package var checkpointFile: String?
    /// The log is being written: a line without an end at the very end is no fault.
    package var isLive: Bool

    package init(
      keys: [LogVerifierKey] = [], keyDirectory: String? = nil, checkpointFile: String? = nil,
      isLive: Bool = false
    ) {
      self.keys = keys
      self.keyDirectory = keyDirectory
      self.checkpointFile = checkpointFile
      self.isLive = isLive
    }
  }

  /// - Throws: where files cannot be read; what is read and does not hold is in the report.
  package static func verify(
    _ directory: String, options: Options = Options()
  ) throws(LogError) -> VerificationReport {
    let place = LogDirectory(path: directory)
    var run = VerifierRun(directory: place, isLive: options.isLive)
    try run.prepare(options)
    try run.walk()
    return run.report
  }

  /// The public keys in a file, one a line.
  /// - Throws: `.key` for a line that is no vkey.
  package static func keys(inFile path: String) throws(LogError) -> [LogVerifierKey] {
    guard let bytes = try LogDirectory.read(path) else {
      throw .call("open", path: path, errno: ENOENT)
    }
    var keys: [LogVerifierKey] = []
    for line in String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline) {
      guard let key = LogVerifierKey(line) else {
        throw LogError(.key, "not a public key in the form name+hint+base64", path: path)
      }
      keys.append(key)
    }
    return keys
  }
}
