/// The mark by which a file type is known: bytes at a place, and where those are few, a closer look.
struct Signature: Sendable {
  let type: FileType
  let offset: Int
  /// Nil stands for any byte.
  let pattern: [UInt8?]
  let check: @Sendable (Head) -> Bool

  /// - Parameter pattern: hexadecimal bytes and `??`, with spaces as wanted.
  init(
    _ name: String, _ kind: FileType.Kind, _ pattern: String, at offset: Int = 0,
    text: Bool = false, _ check: @escaping @Sendable (Head) -> Bool = { _ in true }
  ) {
    type = FileType(name: name, kind: kind, canBeText: text)
    self.offset = offset
    self.pattern = pattern.split(separator: " ").map { UInt8($0, radix: 16) }
    self.check = check
  }

  func matches(_ head: Head) -> Bool {
    guard offset + pattern.count <= head.bytes.count else { return false }
    for (index, wanted) in pattern.enumerated() {
      if let wanted, head.bytes[offset + index] != wanted { return false }
    }
    return check(head)
  }
}

/// The first block of an item, with the reads that a closer look needs; past its end all is 0.
struct Head {
  let bytes: UnsafeBufferPointer<UInt8>

  subscript(index: Int) -> UInt8 { index < bytes.count ? bytes[index] : 0 }
  func little16(_ index: Int) -> Int { Int(self[index]) | Int(self[index + 1]) << 8 }
  func little32(_ index: Int) -> Int { little16(index) | little16(index + 2) << 16 }
  func big16(_ index: Int) -> Int { Int(self[index]) << 8 | Int(self[index + 1]) }
  func big32(_ index: Int) -> Int { big16(index) << 16 | big16(index + 2) }
  func has(_ text: StaticString, at index: Int) -> Bool {
    guard index >= 0, index + text.utf8CodeUnitCount <= bytes.count else { return false }
    return (0..<text.utf8CodeUnitCount).allSatisfy { bytes[index + $0] == text.utf8Start[$0] }
  }
}
