import CSluiceSystem
import Crypto
import Glibc
import SluiceCore

/// An open file, closed when it goes away.
package struct OpenFile: ~Copyable, Sendable {
  package let descriptor: Int32

  package init(descriptor: Int32) { self.descriptor = descriptor }

  deinit { close(descriptor) }

  /// Gives the descriptor away; the new owner closes it.
  package consuming func take() -> Int32 {
    let descriptor = descriptor
    discard self
    return descriptor
  }

  func readAll(upTo limit: Int) throws(ActionError) -> [UInt8] {
    var bytes: [UInt8] = []
    try pieces { (piece) throws(ActionError) -> Void in
      guard bytes.count + piece.count <= limit else {
        throw ActionError(.malformed, "a file is larger than it should be")
      }
      bytes.append(contentsOf: piece)
    }
    return bytes
  }

  func pieces(
    _ body: (UnsafeRawBufferPointer) throws(ActionError) -> Void
  ) throws(ActionError) {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 << 10, alignment: 16)
    defer { buffer.deallocate() }
    var offset = 0
    while true {
      let count = retrying { pread(descriptor, buffer.baseAddress, buffer.count, off_t(offset)) }
      guard count >= 0 else { throw ActionError(system: "read a file") }
      if count == 0 { return }
      try body(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
      offset += count
    }
  }

  func range(at offset: Int, count: Int) throws(ActionError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    let read = retrying {
      bytes.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, count, off_t(offset)) }
    }
    guard read >= 0 else { throw ActionError(system: "read a file") }
    return Array(bytes.prefix(read))
  }

  func write(_ bytes: UnsafeRawBufferPointer) throws(ActionError) {
    var done = 0
    while done < bytes.count {
      let count = retrying {
        Glibc.write(descriptor, bytes.baseAddress! + done, bytes.count - done)
      }
      guard count > 0 else { throw ActionError(system: "write a file") }
      done += count
    }
  }

  func write(_ bytes: [UInt8]) throws(ActionError) {
    try bytes.withUnsafeBufferPointer { (buffer) throws(ActionError) in
      try write(UnsafeRawBufferPointer(buffer))
    }
  }

  func sync() throws(ActionError) {
    guard fsync(descriptor) == 0 else { throw ActionError(failedSync: "sync a file") }
  }

  /// The SHA-256 and length of everything from byte 0 on.
  package func digest() throws(ActionError) -> (sha256: SluiceCore.Digest, size: Int) {
    var hash = SHA256()
    var size = 0
    try pieces { (piece) throws(ActionError) in
      hash.update(bufferPointer: piece)
      size += piece.count
    }
    return (SluiceCore.Digest(bytes: Array(hash.finalize()))!, size)
  }
}
