import Glibc
import SluiceExtract

/// The files in memory that parts are unpacked into, one for each depth of nesting. They are made
/// before the jail closes and used again for every part.
final class Slots {
  private let files: [MemoryFile]
  private var lengths: [Int]

  init(depth: Int) {
    var files: [MemoryFile] = []
    for _ in 0..<(depth + 4) {
      do { files.append(try MemoryFile()) } catch { break }
    }
    self.files = files
    lengths = Array(repeating: 0, count: files.count)
  }

  /// The empty file of a depth; nil where there is none that deep.
  func begin(_ depth: Int) -> Int32? {
    guard depth < files.count else { return nil }
    if lengths[depth] > 0 { ftruncate(files[depth].descriptor, 0) }
    lengths[depth] = 0
    return files[depth].descriptor
  }

  /// Adds to the file of a depth; false where the system has no room.
  func append(_ depth: Int, _ bytes: UnsafeRawBufferPointer) -> Bool {
    var done = 0
    while done < bytes.count {
      let count = pwrite(
        files[depth].descriptor, bytes.baseAddress! + done, bytes.count - done,
        off_t(lengths[depth]))
      if count < 0, errno != EINTR { return false }
      done += max(0, count)
      lengths[depth] += max(0, count)
    }
    return true
  }

  /// What was written to the file of a depth by others.
  func measure(_ depth: Int) {
    lengths[depth] = max(0, Int(lseek(files[depth].descriptor, 0, SEEK_END)))
  }

  func part(_ depth: Int) -> Part {
    Part(descriptor: files[depth].descriptor, length: lengths[depth])
  }

  func empty() {
    for depth in files.indices where lengths[depth] > 0 { _ = begin(depth) }
  }
}
