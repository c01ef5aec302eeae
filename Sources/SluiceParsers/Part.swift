import Glibc

/// A stretch of an open file: the item itself, or a part of it that was unpacked. Read by place
/// only, since the descriptor's own place is shared with the daemon.
struct Part {
  var descriptor: Int32
  var base = 0
  var length: Int

  /// Up to `count` bytes from `offset` on, fewer at the end.
  func read(_ count: Int, at offset: Int, into buffer: UnsafeMutableRawPointer) -> Int {
    let wanted = min(count, length - offset)
    var done = 0
    while done < wanted {
      let got = pread(
        descriptor, buffer + done, wanted - done, off_t(base + offset + done))
      if got > 0 {
        done += got
      } else if got == 0 || errno != EINTR {
        break
      }
    }
    return done
  }

  func bytes(_ range: Range<Int>) -> [UInt8] {
    let range = range.clamped(to: 0..<max(0, length))
    return [UInt8](unsafeUninitializedCapacity: range.count) { buffer, count in
      count =
        range.isEmpty
        ? 0
        : read(
          range.count, at: range.lowerBound, into: UnsafeMutableRawPointer(buffer.baseAddress!))
    }
  }

  func from(_ offset: Int) -> Part {
    Part(descriptor: descriptor, base: base + offset, length: max(0, length - offset))
  }
}
