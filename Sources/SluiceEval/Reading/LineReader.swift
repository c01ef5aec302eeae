import CZlib
import Glibc

/// The lines of a file, plain or compressed with gzip (zlib tells which), from one buffer.
package final class LineReader {
  /// Longest line in bytes; a longer one is refused, since nothing here needs it and memory is finite.
  package static let longest = 64 << 20

  package let path: String
  /// Size of the file as it lies on the disk, in bytes.
  package let size: Int
  /// Number of the line read last, from 1.
  package private(set) var number = 0

  private let file: gzFile
  private var buffer = [UInt8](repeating: 0, count: 1 << 18)
  private var start = 0
  private var end = 0
  private var isAtEnd = false

  package init(_ path: String) throws(EvalError) {
    self.path = path
    var status = stat()
    guard stat(path, &status) == 0 else {
      throw EvalError(.read, String(cString: strerror(errno)), path: path)
    }
    guard status.st_mode & S_IFMT != S_IFDIR else {
      throw EvalError(.read, "is a directory", path: path)
    }
    size = Int(status.st_size)
    guard let file = gzopen(path, "rbe") else {
      throw EvalError(.read, String(cString: strerror(errno)), path: path)
    }
    gzbuffer(file, 1 << 17)
    self.file = file
  }

  deinit { gzclose(file) }

  /// Bytes of the file as it lies on the disk that were used so far.
  package var position: Int { min(size, max(0, Int(gzoffset(file)))) }

  /// The next line without its end (LF or CRLF); nil after the last.
  package func next() throws(EvalError) -> [UInt8]? {
    var searched = start
    while true {
      if let newline = buffer[searched..<end].firstIndex(of: 10) {
        let line = buffer[start..<newline]
        start = newline + 1
        return take(line)
      }
      searched = end
      if isAtEnd {
        guard start < end else { return nil }
        let line = buffer[start..<end]
        start = end
        return take(line)
      }
      searched -= try fill()
    }
  }

  private func take(_ line: ArraySlice<UInt8>) -> [UInt8] {
    number += 1
    return Array(line.last == 13 ? line.dropLast() : line)
  }

  /// - Returns: by how much what is in the buffer moved towards its start.
  private func fill() throws(EvalError) -> Int {
    let moved = start
    if start > 0 {
      buffer.replaceSubrange(0..<end - start, with: buffer[start..<end])
      (start, end) = (0, end - start)
    }
    if end == buffer.count {
      guard buffer.count < Self.longest else {
        throw EvalError(
          .read, "a line of more than \(Self.longest) bytes", path: path, line: number + 1)
      }
      buffer.append(contentsOf: repeatElement(0, count: buffer.count))
    }
    let count = buffer.withUnsafeMutableBytes { bytes in
      gzread(file, bytes.baseAddress! + end, UInt32(bytes.count - end))
    }
    var status: Int32 = 0
    let message = gzerror(file, &status)
    // A cut-off file ends with Z_BUF_ERROR, and must not pass for a shorter data set.
    guard count >= 0, status == Z_OK || status == Z_STREAM_END else {
      let reason =
        status == Z_ERRNO
        ? String(cString: strerror(errno)) : message.map { String(cString: $0) } ?? "damaged"
      throw EvalError(.read, "cannot be read: \(reason)", path: path, line: number + 1)
    }
    end += Int(count)
    isAtEnd = count == 0
    return moved
  }
}
