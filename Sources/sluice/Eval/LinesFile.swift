import Glibc
import SluiceCore

/// A file that is written line by line, through a buffer.
final class LinesFile {
  private let path: String
  private let file: UnsafeMutablePointer<FILE>

  init(_ path: String) throws(Failure) {
    self.path = path
    guard let file = fopen(path, "we") else {
      throw Failure("\(path): \(String(cString: strerror(errno)))")
    }
    self.file = file
  }

  deinit { fclose(file) }

  func write(_ json: JSON) throws(Failure) { try write(json.bytes + [10]) }

  func write(_ bytes: [UInt8]) throws(Failure) {
    guard fwrite(bytes, 1, bytes.count, file) == bytes.count else { throw failure }
  }

  /// Everything is in the file when this returns.
  func finish() throws(Failure) {
    guard fflush(file) == 0 else { throw failure }
  }

  private var failure: Failure { Failure("\(path): \(String(cString: strerror(errno)))") }
}
