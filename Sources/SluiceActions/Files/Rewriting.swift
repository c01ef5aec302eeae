import Glibc
import SluiceCore

extension Folder {
  /// A file of ours with new content: written beside the old one, made durable, renamed over it.
  /// The name is durable after `sync()`.
  func writeAnew(_ name: [UInt8], _ bytes: [UInt8], mode: UInt32 = 0o600) throws(ActionError) {
    let temporary = try writeTemporary(for: name, bytes, mode: mode, durably: true)
    try replace(temporary, to: self, as: name)
  }

  /// The name under which `bytes` now lie beside `name`.
  func writeTemporary(
    for name: [UInt8], _ bytes: [UInt8], mode: UInt32 = 0o600, durably: Bool
  ) throws(ActionError) -> [UInt8] {
    let temporary = [UInt8(ascii: ".")] + name + Array(Self.temporarySuffix.utf8)
    // One of an earlier run is in the way: its content is of no use to anyone.
    try remove(temporary)
    guard let file = try open(temporary, O_WRONLY | O_CREAT | O_EXCL) else {
      throw ActionError(.system, "cannot make a file in a folder of the spool", errno: ENOENT)
    }
    do throws(ActionError) {
      try file.write(bytes)
      guard fchmod(file.descriptor, mode) == 0 else { throw ActionError(system: "set a mode") }
      if durably { try file.sync() }
    } catch {
      _ = named(temporary) { unlinkat(descriptor, $0, 0) }
      throw error
    }
    return temporary
  }

  static let temporarySuffix = ".tmp"
}
