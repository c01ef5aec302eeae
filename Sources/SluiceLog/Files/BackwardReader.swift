import Glibc

/// Reads the whole lines of a file from its end to its start.
final class BackwardReader {
  private let path: String
  private let descriptor: Int32
  private var position: Int
  /// Bytes from `position` on that were not given out.
  private var buffer: [UInt8] = []
  private var isTrimmed = false

  init(path: String) throws(LogError) {
    self.path = path
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .call("open", path: path) }
    position = lseek(descriptor, 0, SEEK_END)
  }

  deinit { close(descriptor) }

  /// The line before the one given last, with its newline; nil at the start of the file.
  func next() throws(LogError) -> [UInt8]? {
    // What stands after the last newline is no whole line.
    while !isTrimmed {
      if let end = buffer.lastIndex(of: 0x0A) {
        buffer.removeLast(buffer.count - end - 1)
        isTrimmed = true
      } else if try !fill() {
        return nil
      }
    }
    while true {
      guard !buffer.isEmpty || position > 0 else { return nil }
      if let before = buffer.dropLast().lastIndex(of: 0x0A) {
        let line = Array(buffer[(before + 1)...])
        buffer.removeLast(line.count)
        return line
      }
      if try !fill() {
        defer { buffer = [] }
        return buffer.isEmpty ? nil : buffer
      }
    }
  }

  private func fill() throws(LogError) -> Bool {
    guard position > 0 else { return false }
    let wanted = min(position, 1 << 16)
    var block = [UInt8](repeating: 0, count: wanted)
    var done = 0
    while done < wanted {
      let count = block.withUnsafeMutableBytes {
        pread(descriptor, $0.baseAddress! + done, wanted - done, position - wanted + done)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw .call("read", path: path) }
      done += count
    }
    position -= wanted
    buffer = block + buffer
    return true
  }
}
