import Crypto
import Glibc
import SluiceCore
import SluiceRules

/// Reads a list file line by line in bounded memory and makes sure that it still is the file whose
/// digest its pack was read with.
enum ListReader {
  private static let pieceBytes = 1 << 16
  private static let longestLine = 4096

  /// Calls `body` with the number (from 1) and offset of each line that is neither empty nor a
  /// comment (`#`), without white space around it.
  /// - Returns: the open descriptor, for later reads; the caller closes it.
  static func read(
    _ file: ListFile, _ body: (Int, Int, UnsafeRawBufferPointer) throws(ListFailure) -> Void
  ) throws(ListFailure) -> Int32 {
    let descriptor = open(file.path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw ListFailure(
        code: "cannot-read", message: "the list cannot be opened: \(reason(errno))")
    }
    do throws(ListFailure) {
      try readLines(descriptor, file, body)
    } catch {
      close(descriptor)
      throw error
    }
    return descriptor
  }

  private static func readLines(
    _ descriptor: Int32, _ file: ListFile,
    _ body: (Int, Int, UnsafeRawBufferPointer) throws(ListFailure) -> Void
  ) throws(ListFailure) {
    var hash = SHA256()
    var carry: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: pieceBytes)
    var number = 0
    // The offset of `carry[0]`.
    var offset = 0
    while true {
      let size = piece.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
      if size < 0, errno == EINTR { continue }
      guard size >= 0 else {
        throw ListFailure(
          code: "cannot-read", message: "the list cannot be read: \(reason(errno))")
      }
      if size == 0 { break }
      piece.withUnsafeBytes { hash.update(bufferPointer: .init(rebasing: $0[..<size])) }
      carry.append(contentsOf: piece[..<size])
      var start = 0
      while let end = carry[start...].firstIndex(of: 0x0A) {
        number += 1
        try take(carry, start..<end, number, offset, body)
        start = end + 1
      }
      carry.removeFirst(start)
      offset += start
      guard carry.count <= longestLine else {
        throw ListFailure(
          code: "list-line",
          message: "line \(number + 1) of the list is longer than \(longestLine) bytes")
      }
    }
    if !carry.isEmpty { try take(carry, 0..<carry.count, number + 1, offset, body) }
    guard Array(hash.finalize()) == file.digest.bytes else {
      throw ListFailure(
        code: "list-changed", message: "the list changed while its pack was being read")
    }
  }

  private static func take(
    _ bytes: [UInt8], _ range: Range<Int>, _ number: Int, _ offset: Int,
    _ body: (Int, Int, UnsafeRawBufferPointer) throws(ListFailure) -> Void
  ) throws(ListFailure) {
    var lower = range.lowerBound
    var upper = range.upperBound
    while upper > lower, isSpace(bytes[upper - 1]) { upper -= 1 }
    while lower < upper, isSpace(bytes[lower]) { lower += 1 }
    guard lower < upper, bytes[lower] != UInt8(ascii: "#") else { return }
    var failure: ListFailure?
    bytes.withUnsafeBytes { all in
      do throws(ListFailure) {
        try body(number, offset + lower, UnsafeRawBufferPointer(rebasing: all[lower..<upper]))
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0D
  }

  private static func reason(_ code: Int32) -> String { String(cString: strerror(code)) }
}
