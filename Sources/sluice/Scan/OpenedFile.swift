import Glibc
import SluiceCore

/// An open file that can be read from any place; standard input is first put into an unnamed
/// temporary file. Closed with the value.
final class OpenedFile {
  let descriptor: Int32

  init(_ file: ScannedFile) throws(Failure) {
    guard !file.isStandardInput else {
      descriptor = try Self.spooled(0)
      return
    }
    descriptor = (file.path + [0]).withUnsafeBytes {
      open($0.baseAddress!.assumingMemoryBound(to: CChar.self), O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    }
    guard descriptor >= 0 else { throw Failure(String(cString: strerror(errno))) }
  }

  deinit { close(descriptor) }

  private static func spooled(_ input: Int32) throws(Failure) -> Int32 {
    let directory = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array("\(directory)/sluice-XXXXXX".utf8CString)
    let output = template.withUnsafeMutableBufferPointer { mkstemp($0.baseAddress!) }
    guard output >= 0 else {
      throw Failure("no temporary file in \(directory): \(String(cString: strerror(errno)))")
    }
    unlink(template)
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
    defer { buffer.deallocate() }
    while true {
      let count = read(input, buffer.baseAddress!, buffer.count)
      if count == 0 { return output }
      if count < 0 {
        if errno == EINTR { continue }
        throw Failure("standard input: \(String(cString: strerror(errno)))")
      }
      var written = 0
      while written < count {
        let step = write(output, buffer.baseAddress! + written, count - written)
        guard step > 0 || errno == EINTR else {
          throw Failure("\(directory): \(String(cString: strerror(errno)))")
        }
        written += max(0, step)
      }
    }
  }
}
