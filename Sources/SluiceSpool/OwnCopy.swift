import CSluiceSystem
import Glibc

/// Copies a dropped file into an empty one of ours: shared blocks where the file system can, holes
/// kept as holes.
enum OwnCopy {
  enum Outcome {
    case whole
    /// The file ended early: somebody has cut it.
    case changed
    case unreadable(errno: Int32)
  }

  /// Bytes of one call: few enough for a sign of life in between also from a very slow disk.
  private static let most: UInt64 = 4 << 20

  /// - Parameter progress: called between pieces.
  /// - Throws: failures to write; these are the system's.
  static func fill(
    _ copy: Int32, from file: Int32, _ dropped: FileStatus, _ path: FilePath, _ calls: FileCalls,
    progress: () -> Void
  ) throws(SpoolError) -> Outcome {
    if calls.clone(copy, file) < 0 {
      let outcome = try copyData(
        copy, from: file, size: Int64(dropped.size), path, calls, progress)
      guard case .whole = outcome else { return outcome }
    }
    Attributes.copy(from: file, to: copy)
    try calls.check(calls.setMode(copy, dropped.permissions & 0o777 | 0o600), "chmod", path)
    try calls.check(
      sluice_file_set_times(copy, dropped.accessed, dropped.modified), "set times of", path)
    return .whole
  }

  private static func copyData(
    _ copy: Int32, from file: Int32, size: Int64, _ path: FilePath, _ calls: FileCalls,
    _ progress: () -> Void
  ) throws(SpoolError) -> Outcome {
    var offset: Int64 = 0
    while offset < size {
      var data = sluice_file_next_data(file, offset)
      if data == -Int64(ENXIO) { break }
      if data < 0 { data = offset }
      if data >= size { break }
      var hole = sluice_file_next_hole(file, data)
      if hole <= data || hole > size { hole = size }
      let outcome = try copyRange(copy, from: file, data, hole, path, calls, progress)
      guard case .whole = outcome else { return outcome }
      offset = hole
    }
    try calls.check(sluice_file_set_size(copy, size), "set the size of", path)
    return .whole
  }

  private static func copyRange(
    _ copy: Int32, from file: Int32, _ start: Int64, _ end: Int64, _ path: FilePath,
    _ calls: FileCalls, _ progress: () -> Void
  ) throws(SpoolError) -> Outcome {
    var offset = start
    while offset < end {
      progress()
      let copied = calls.copyRange(file, copy, offset, min(most, UInt64(end - offset)))
      if copied == 0 { return .changed }
      if copied == -Int64(ENOSPC) || copied == -Int64(EDQUOT) {
        throw SpoolError("copy to", path, errno: Int32(-copied))
      }
      // Not possible between these files, or a fault of one of them: by hand it shows whose.
      if copied < 0 { return try copyBytes(copy, from: file, offset, end, path, calls, progress) }
      offset += copied
    }
    return .whole
  }

  private static func copyBytes(
    _ copy: Int32, from file: Int32, _ start: Int64, _ end: Int64, _ path: FilePath,
    _ calls: FileCalls, _ progress: () -> Void
  ) throws(SpoolError) -> Outcome {
    var buffer = FilePath(repeating: 0, count: Int(min(end - start, 256 << 10)))
    var offset = start
    while offset < end {
      progress()
      let read = buffer.withUnsafeMutableBytes { bytes in
        calls.read(file, .init(rebasing: bytes[..<min(bytes.count, Int(end - offset))]), offset)
      }
      if read == 0 { return .changed }
      if read < 0 { return .unreadable(errno: Int32(-read)) }
      var written = 0
      while written < Int(read) {
        let count = buffer.withUnsafeBytes { bytes in
          calls.write(copy, .init(rebasing: bytes[written..<Int(read)]), offset + Int64(written))
        }
        if count <= 0 {
          throw SpoolError("write", path, errno: count == 0 ? ENOSPC : Int32(-count))
        }
        written += Int(count)
      }
      offset += read
    }
    return .whole
  }
}
