import CLibArchive
import Glibc

/// The bytes of one archive, as libarchive asks for them.
final class ArchiveInput {
  private let part: Part
  private var position = 0
  private let buffer = UnsafeMutableRawPointer.allocate(
    byteCount: ArchiveInput.block, alignment: 64)
  private static let block = 128 << 10

  init(_ part: Part) { self.part = part }

  deinit { buffer.deallocate() }

  /// Opens `archive` on this input, which must outlive it.
  func open(_ archive: OpaquePointer) -> Int32 {
    archive_read_set_callback_data(archive, Unmanaged.passUnretained(self).toOpaque())
    archive_read_set_read_callback(archive) { _, input, block in
      let input = Unmanaged<ArchiveInput>.fromOpaque(input!).takeUnretainedValue()
      block?.pointee = UnsafeRawPointer(input.buffer)
      let count = input.part.read(ArchiveInput.block, at: input.position, into: input.buffer)
      input.position += count
      return count
    }
    archive_read_set_skip_callback(archive) { _, input, count in
      let input = Unmanaged<ArchiveInput>.fromOpaque(input!).takeUnretainedValue()
      let step = min(max(0, Int(count)), input.part.length - input.position)
      input.position += step
      return Int64(step)
    }
    archive_read_set_seek_callback(archive) { _, input, offset, origin in
      let input = Unmanaged<ArchiveInput>.fromOpaque(input!).takeUnretainedValue()
      let start =
        origin == SEEK_SET ? 0 : origin == SEEK_CUR ? input.position : input.part.length
      let (target, overflow) = start.addingReportingOverflow(Int(offset))
      guard !overflow, target >= 0 else { return Int64(ARCHIVE_FATAL) }
      input.position = min(target, input.part.length)
      return Int64(input.position)
    }
    return archive_read_open1(archive)
  }
}
