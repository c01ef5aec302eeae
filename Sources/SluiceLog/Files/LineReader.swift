import Glibc

/// Reads a file line by line through its own descriptor; can go on when the file has grown.
final class LineReader {
  struct Line {
    /// With the newline, unless the line is torn.
    var bytes: [UInt8]
    /// Where it starts in the file.
    var offset: Int
    var isWhole: Bool
  }

  /// No line of the log is longer; more without a newline is damage.
  static let longest = 64 << 20

  let path: String
  let descriptor: Int32
  private var buffer: [UInt8] = []
  /// Where the unread part of the buffer starts, and up to where it was searched for a newline.
  private var start = 0
  private var searched = 0
  private var readEnd: Int
  private var isAtEnd = false

  init(path: String, offset: Int = 0) throws(LogError) {
    self.path = path
    readEnd = offset
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .call("open", path: path) }
  }

  deinit { close(descriptor) }

  /// Where the next line starts.
  var offset: Int { readEnd - (buffer.count - start) }

  /// The next whole line, or nil at the end; a line without an end stays for a later call.
  func next() throws(LogError) -> Line? {
    while true {
      if let end = newline() {
        let line = Line(bytes: Array(buffer[start...end]), offset: offset, isWhole: true)
        start = end + 1
        searched = start
        return line
      }
      if buffer.count - start > Self.longest { return nil }
      guard try fill() else { return nil }
    }
  }

  /// What is left after the last whole line, or nil if nothing is.
  func rest() -> Line? {
    guard start < buffer.count else { return nil }
    return Line(bytes: Array(buffer[start...]), offset: offset, isWhole: false)
  }

  private func newline() -> Int? {
    let found = buffer.withUnsafeBytes { bytes -> Int? in
      guard searched < bytes.count, let base = bytes.baseAddress,
        let place = memchr(base + searched, 0x0A, bytes.count - searched)
      else { return nil }
      return UnsafeRawPointer(place) - base
    }
    if found == nil { searched = buffer.count }
    return found
  }

  /// Reads more; false at the end of the file.
  private func fill() throws(LogError) -> Bool {
    if start > 0 {
      buffer.removeFirst(start)
      searched -= start
      start = 0
    }
    var failure: LogError?
    let block = [UInt8](unsafeUninitializedCapacity: 1 << 16) { space, count in
      var got = 0
      repeat {
        got = pread(descriptor, space.baseAddress, 1 << 16, readEnd)
      } while got < 0
        && errno == EINTR
      if got < 0 { failure = .call("read", path: path) }
      count = max(0, got)
    }
    if let failure { throw failure }
    buffer += block
    readEnd += block.count
    return !block.isEmpty
  }
}
