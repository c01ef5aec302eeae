import Glibc

/// The bytes of one open item, read in blocks from one buffer that serves every item.
///
/// An item that fits into the buffer is read once and stays there; a larger one is read again for
/// each further pass, and a checksum tells whether each pass saw the same bytes.
final class ItemReader {
  /// Bytes that one block holds beside what is left of the block before.
  static let block = 256 << 10

  /// One stretch of the item; what a pass does not use of it comes again with the next one.
  struct Stretch {
    let bytes: UnsafeBufferPointer<UInt8>
    /// Where the first byte stands in the item.
    let origin: Int
    /// Nothing comes after this.
    let final: Bool
  }

  private let buffer = UnsafeMutableRawPointer.allocate(
    byteCount: longestRest + ItemReader.block, alignment: 64)
  private var descriptor: Int32 = -1
  private var limit = 0
  private var before = Identity()
  private var checksum = BlockChecksum()
  /// How much of the item the buffer holds, if that is all of it.
  private var resident: Int?

  /// The whole item lies in the buffer.
  var isResident: Bool { resident != nil }
  /// Bytes in the item, known after the first pass.
  private(set) var length = 0
  /// A pass saw other bytes than the one before, or the file grew, shrank or was touched.
  private(set) var hasChanged = false

  deinit { buffer.deallocate() }

  /// The first block, which every item can be judged by before it is read.
  var head: UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: start, count: headCount)
  }
  private var headCount = 0
  private var start: UnsafePointer<UInt8> {
    UnsafePointer((buffer + longestRest).assumingMemoryBound(to: UInt8.self))
  }

  /// Opens the item: reads its first block. `limit` is how many bytes passes are given; a larger file
  /// that is mostly holes is refused.
  func open(_ descriptor: Int32, limit: Int) throws(ReadFailure) {
    self.descriptor = descriptor
    self.limit = limit
    (resident, length, hasChanged, checksum) = (nil, 0, false, BlockChecksum())
    before = try Identity(of: descriptor)
    // Nothing bounds what such a file claims to hold, and a record needs a digest of all of it.
    if before.size > limit, try Identity.isMostlyHoles(descriptor) {
      throw ReadFailure(holesOf: before.size)
    }
    if before.size >= Self.block { posix_fadvise(descriptor, 0, 0, POSIX_FADV_SEQUENTIAL) }
    headCount = try fill(from: 0)
    if headCount < Self.block { resident = headCount }
  }

  /// The first pass: every byte goes to `observe` once and in order, those within the limit to
  /// `use`, which says how many of a stretch it used.
  func first(observe: (UnsafeRawBufferPointer) -> Void, use: (Stretch) -> Int?)
    throws(ReadFailure)
  {
    length = try run(filled: headCount, toEnd: true, observe: observe, use: use).length
    if resident == nil {
      let after = try Identity(of: descriptor)
      if after != before || after.size != length { hasChanged = true }
    } else if before.size != length {
      hasChanged = true
    }
  }

  /// One more pass over the same bytes; `use` returns nil to end it early.
  func again(use: (Stretch) -> Int?) throws(ReadFailure) {
    let expected = checksum
    checksum = BlockChecksum()
    let filled = resident == nil ? try fill(from: 0) : headCount
    let read = try run(filled: filled, toEnd: false, observe: { _ in }, use: use)
    if resident == nil, read.toEnd, checksum != expected { hasChanged = true }
    checksum = expected
  }

  private func run(
    filled: Int, toEnd: Bool, observe: (UnsafeRawBufferPointer) -> Void, use: (Stretch) -> Int?
  ) throws(ReadFailure) -> (length: Int, toEnd: Bool) {
    var (count, offset, rest, wanted) = (filled, 0, 0, true)
    while true {
      let isEnd = count < Self.block
      let block = UnsafeRawBufferPointer(start: buffer + longestRest, count: count)
      observe(block)
      if resident == nil { checksum.add(block) }
      if wanted {
        let within = min(count, limit - offset)
        let final = isEnd || offset + count >= limit
        let bytes = UnsafeBufferPointer(start: start - rest, count: rest + within)
        if let used = use(Stretch(bytes: bytes, origin: offset - rest, final: final)) {
          let left = min(final ? 0 : bytes.count - used, longestRest)
          let end = buffer + longestRest + within
          memmove(buffer + longestRest - left, end - left, left)
          rest = left
        } else {
          wanted = false
        }
        if final { wanted = false }
      }
      offset += count
      if isEnd { return (offset, true) }
      if !wanted, !toEnd { return (offset, false) }
      count = try fill(from: offset)
    }
  }

  /// Fills the block as far as the file goes; less than a block means its end.
  private func fill(from offset: Int) throws(ReadFailure) -> Int {
    var count = 0
    while count < Self.block {
      let got = pread(
        descriptor, buffer + longestRest + count, Self.block - count, off_t(offset + count))
      if got > 0 {
        count += got
      } else if got == 0 {
        break
      } else if errno != EINTR {
        throw ReadFailure(operation: "read", errno: errno, offset: offset + count)
      }
    }
    return count
  }
}

/// What changes when somebody writes to a file.
private struct Identity: Equatable {
  var size = 0
  var seconds = 0
  var nanoseconds = 0

  init() {}

  init(of descriptor: Int32) throws(ReadFailure) {
    var facts = stat()
    guard fstat(descriptor, &facts) == 0 else { throw ReadFailure(operation: "stat", errno: errno) }
    guard facts.st_mode & S_IFMT == S_IFREG else {
      throw ReadFailure(
        operation: "read", errno: facts.st_mode & S_IFMT == S_IFDIR ? EISDIR : EINVAL)
    }
    (size, seconds) = (Int(facts.st_size), facts.st_mtim.tv_sec)
    nanoseconds = facts.st_mtim.tv_nsec
  }
  /// Whether less than half of its bytes are on the disk. No part of its identity: the kernel may
  /// give a file its blocks later.
  static func isMostlyHoles(_ descriptor: Int32) throws(ReadFailure) -> Bool {
    var facts = stat()
    guard fstat(descriptor, &facts) == 0 else { throw ReadFailure(operation: "stat", errno: errno) }
    // stat(2): blocks are counted in units of 512 bytes.
    return Int(facts.st_blocks) * 512 < Int(facts.st_size) / 2
  }
}
