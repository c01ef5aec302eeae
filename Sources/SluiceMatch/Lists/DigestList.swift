import Glibc
import SluiceCore
import SluiceRules

/// A file with one digest a line (SHA-256, SHA-1 or MD5 by its length; what follows a space is
/// ignored, so that the output of `sha256sum` will do), looked up on disk.
///
/// Eight bytes a digest are kept in memory: the first four bytes of the digest and the place of the
/// line. A hit is confirmed by reading the line. It is read and not mapped: a list that its owner
/// cuts short under a mapping would end the process.
final class DigestList: Sendable {
  private struct Entry {
    var prefix: UInt32
    var offset: UInt32
  }

  let kinds: Set<DigestKind>
  /// Sorted by prefix.
  private let entries: [Entry]
  private let descriptor: Int32

  var count: Int { entries.count }

  init(_ file: ListFile) throws(ListFailure) {
    var entries: [Entry] = []
    var kinds: Set<DigestKind> = []
    descriptor = try ListReader.read(file) { (number, offset, line) throws(ListFailure) in
      let digits = Self.digits(line)
      guard let kind = DigestKind.allCases.first(where: { $0.width * 2 == digits }),
        let prefix = Self.prefix(line)
      else {
        throw ListFailure(
          code: "list-line",
          message: "line \(number) of the list does not begin with a SHA-256, SHA-1 or MD5 digest")
      }
      guard let place = UInt32(exactly: offset) else {
        throw ListFailure(code: "list-too-large", message: "a digest list is at most 4 GiB long")
      }
      kinds.insert(kind)
      entries.append(Entry(prefix: prefix, offset: place))
    }
    entries.sort { $0.prefix < $1.prefix }
    self.entries = entries
    self.kinds = kinds
  }

  deinit { close(descriptor) }

  /// Whether one of the item's digests is in the list.
  func contains(_ digests: ItemDigests) throws(ListFailure) -> Bool {
    if try contains(digests.sha256.bytes) { return true }
    if let sha1 = digests.sha1, try contains(sha1) { return true }
    if let md5 = digests.md5, try contains(md5) { return true }
    return false
  }

  private func contains(_ digest: [UInt8]) throws(ListFailure) -> Bool {
    let prefix = digest.prefix(4).reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    var index = entries.partition { $0.prefix < prefix }
    while index < entries.count, entries[index].prefix == prefix {
      if try line(at: entries[index].offset, is: digest) { return true }
      index += 1
    }
    return false
  }

  private func line(at offset: UInt32, is digest: [UInt8]) throws(ListFailure) -> Bool {
    // One byte more, to see that the line does not go on with digits.
    var line = [UInt8](repeating: 0, count: digest.count * 2 + 1)
    let size = line.withUnsafeMutableBytes { bytes in
      var done = 0
      while done < bytes.count {
        let size = pread(
          descriptor, bytes.baseAddress! + done, bytes.count - done, off_t(Int(offset) + done))
        if size < 0, errno == EINTR { continue }
        if size <= 0 { break }
        done += size
      }
      return done
    }
    guard size >= digest.count * 2 else {
      throw ListFailure(code: "list-changed", message: "a digest list was cut short while in use")
    }
    let digits = line.withUnsafeBytes { Self.digits(.init(rebasing: $0[..<size])) }
    guard digits == digest.count * 2 else { return false }
    return Hex.decode(String(decoding: line[..<digits], as: UTF8.self)) == digest
  }

  private static func digits(_ line: UnsafeRawBufferPointer) -> Int {
    line.firstIndex { Self.value($0) == nil } ?? line.count
  }

  private static func prefix(_ line: UnsafeRawBufferPointer) -> UInt32? {
    guard line.count >= 8 else { return nil }
    var prefix: UInt32 = 0
    for byte in line[..<8] {
      guard let value = value(byte) else { return nil }
      prefix = prefix << 4 | value
    }
    return prefix
  }

  private static func value(_ byte: UInt8) -> UInt32? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - UInt8(ascii: "a") + 10)
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte - UInt8(ascii: "A") + 10)
    default: nil
    }
  }
}
