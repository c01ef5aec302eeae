import Glibc
import SluiceCore

extension Spool {
  /// Puts a new file with `bytes` at `path` below `destination`, whole or not at all; its bytes are
  /// on the disk when this returns, its name after `syncPlaces()`. `exists` is thrown if taken.
  package func publish(
    _ bytes: [UInt8], into destination: Destination, at path: FilePath, mode: UInt32
  ) throws(SpoolError) {
    let folder = try folder(of: path, in: destination)
    let name = FileNames.split(path).name
    let made = try calls.check(calls.unnamed(folder.number, mode), "make", path)
    let file = Descriptor(made)
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes { bytes in
        calls.write(file.number, .init(rebasing: bytes[written...]), Int64(written))
      }
      if count <= 0 { throw SpoolError("write", path, errno: count == 0 ? ENOSPC : Int32(-count)) }
      written += Int(count)
    }
    try calls.check(calls.setMode(file.number, mode), "chmod", path)
    if let group = options.outputGroup, !destination.isClosed {
      try setOutputGroup(file.number, group, path)
    }
    try calls.check(calls.syncFile(file.number), "sync", path)
    try calls.check(calls.link(file.number, folder.number, name), "link", path)
    touch(destination, path)
    if destination.isClosed { state.withLock { $0.keptBytes += bytes.count } }
  }
}
