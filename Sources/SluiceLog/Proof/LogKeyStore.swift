import Glibc
import SluiceCore

/// Finds the signing key in its directory, or makes one at the first start.
enum LogKeyStore {
  /// - Returns: the key, and whether it was made just now.
  static func open(_ options: LogOptions) throws(LogError) -> (key: LogKey, isNew: Bool) {
    try LogDirectory.make(options.keyDirectory, mode: 0o700)
    let directory = LogDirectory(path: options.keyDirectory, calls: options.calls)
    let path = directory.path(of: LogKey.fileName)
    if let bytes = try LogDirectory.read(path) {
      var status = stat()
      guard stat(path, &status) == 0 else { throw .call("read", path: path) }
      guard status.st_mode & 0o077 == 0 else {
        throw LogError(
          .key, "the signing key can be read by others; its mode must be 0600", path: path)
      }
      guard let text = UTF8Decoding.string(bytes), let key = LogKey(text) else {
        throw LogError(.key, "not a signing key of this log", path: path)
      }
      // The public half is written again where it was lost.
      let publicPath = directory.path(of: LogKey.publicFileName)
      if try LogDirectory.read(publicPath) == nil { try writePublic(key, in: directory, options) }
      return (key, false)
    }
    guard LogVerifierKey.isAllowed(name: options.origin) else {
      throw LogError(
        .key, "the origin must not be empty or hold white space or '+'", path: options.origin)
    }
    let key = LogKey(name: options.origin)
    try directory.replace(
      LogKey.fileName, with: Array((key.encoded + "\n").utf8), mode: 0o600)
    try writePublic(key, in: directory, options)
    return (key, true)
  }

  private static func writePublic(
    _ key: LogKey, in directory: LogDirectory, _ options: LogOptions
  ) throws(LogError) {
    try directory.replace(
      LogKey.publicFileName, with: Array("\(key.verifier)\n".utf8), mode: 0o644)
  }
}
