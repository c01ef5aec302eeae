/// What the beginning of an item says about its text; taken before the rest is read.
struct TextHints {
  let mark: ByteOrderMark?
  let declared: [DeclaredCharset]
  /// Bytes that were looked at.
  let length: Int
  let hasPlus: Bool
  /// `~{`, which begins Chinese in HZ.
  let hasTilde: Bool

  /// - Parameter label: a character set that is declared outside the text.
  init(_ head: UnsafeBufferPointer<UInt8>, declared label: String? = nil) {
    mark = ByteOrderMark(head)
    let outside = label.map { DeclaredCharset(label: $0.lowercased()) }
    declared = (outside.map { [$0] } ?? []) + DeclaredCharset.all(in: head).filter { $0 != outside }
    length = head.count
    hasPlus = !declared.isEmpty && head.contains(UInt8(ascii: "+"))
    hasTilde = !declared.isEmpty && Embedded.first(Array("~{".utf8), in: head) != nil
  }
}

/// The mark that some programs put before a text.
struct ByteOrderMark {
  let charset: Charset
  let length: Int
  var isUTF8: Bool { length == 3 }

  init?(_ head: UnsafeBufferPointer<UInt8>) {
    let start = Array(head.prefix(4))
    if start.starts(with: [0xEF, 0xBB, 0xBF]) {
      (charset, length) = (.utf8(), 3)
    } else if start == [0xFF, 0xFE, 0, 0] {
      (charset, length) = (.utf32(bigEndian: false), 4)
    } else if start == [0, 0, 0xFE, 0xFF] {
      (charset, length) = (.utf32(bigEndian: true), 4)
    } else if start.starts(with: [0xFF, 0xFE]) {
      (charset, length) = (.utf16(bigEndian: false), 2)
    } else if start.starts(with: [0xFE, 0xFF]) {
      (charset, length) = (.utf16(bigEndian: true), 2)
    } else {
      return nil
    }
  }
}
