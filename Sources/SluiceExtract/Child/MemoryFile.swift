import CSluiceSystem
import Glibc

/// An unnamed file in memory, closed with the value.
package final class MemoryFile {
  package let descriptor: Int32

  package init() throws(ReadFailure) {
    descriptor = sluice_memory_file("sluice-part")
    guard descriptor >= 0 else {
      throw ReadFailure(starting: "a file in memory", errno: -descriptor, "")
    }
  }

  convenience init(_ bytes: [UInt8]) throws(ReadFailure) {
    try self.init()
    guard write(bytes[...]) else {
      throw ReadFailure(starting: "a file in memory", errno: errno, "")
    }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  private func write(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.withUnsafeBytes { bytes in
      var done = 0
      while done < bytes.count {
        let count = pwrite(descriptor, bytes.baseAddress! + done, bytes.count - done, off_t(done))
        if count < 0, errno != EINTR { return false }
        done += max(0, count)
      }
      return true
    }
  }
}
