import Glibc

/// Looks for an archive or a document inside or behind something else: a zip file behind a picture
/// is a picture to one program and a zip file to another.
struct Embedded {
  /// The first found, with its place.
  private(set) var found: (type: FileType, offset: Int)?

  private struct Mark {
    let type: FileType
    let bytes: [UInt8]
    /// Where the mark stands by chance, in the noise of media, or as a constant of a program.
    var ignoredIn: Set<FileType.Kind> = []
    let check: @Sendable (Head) -> Bool
  }

  /// Long enough not to occur by chance; shorter ones are looked at closer.
  private static let marks: [Mark] = [
    Mark(
      type: FileType(name: "zip archive", kind: .archive), bytes: [0x50, 0x4B, 3, 4],
      check: { head in
        head.little16(4) & 0xFF < 64 && head.little16(6) & 0xC600 == 0
          && [0, 1, 8, 9, 12, 14, 93, 95, 98, 99].contains(head.little16(8))
          && (1...1024).contains(head.little16(26)) && head[30] >= 0x20
      }),
    Mark(
      type: FileType(name: "zip archive", kind: .archive), bytes: [0x50, 0x4B, 5, 6],
      check: { head in
        head.little16(4) == 0 && head.little16(6) == 0 && head.little16(8) > 0
          && head.little16(8) == head.little16(10)
      }),
    Mark(
      type: FileType(name: "rar archive", kind: .archive),
      bytes: [0x52, 0x61, 0x72, 0x21, 0x1A, 0x07], check: { $0[6] <= 1 }),
    Mark(
      type: FileType(name: "7z archive", kind: .archive),
      bytes: [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], check: { $0[6] == 0 && $0[7] < 10 }),
    Mark(
      type: FileType(name: "PDF document", kind: .document), bytes: Array("%PDF-1.".utf8),
      ignoredIn: [.executable, .legacyOffice], check: { (0x30...0x39).contains($0[7]) }),
    Mark(
      type: FileType(name: "gzip file", kind: .archive), bytes: [0x1F, 0x8B, 8],
      ignoredIn: [.media, .executable, .legacyOffice],
      check: { head in
        head[3] & 0xE0 == 0 && [0, 2, 4].contains(head[8]) && (head[9] <= 13 || head[9] == 255)
          && head.little32(4) < 0x8000_0000 && (head[3] & 8 != 0 || head.little32(4) != 0)
      }),
  ]

  /// Bytes behind a mark's first that its check looks at.
  static let reach = 32

  /// Looks for marks that begin in the first `used` bytes of `input`.
  mutating func look(
    _ input: UnsafeBufferPointer<UInt8>, used: Int, at origin: Int, in container: FileType?
  ) {
    guard found == nil else { return }
    for mark in Self.marks {
      if let kind = container?.kind, mark.ignoredIn.contains(kind) { continue }
      var start = 0
      while start < used,
        let place = Self.first(mark.bytes, in: UnsafeBufferPointer(rebasing: input[start...])),
        start + place < used
      {
        let index = start + place
        if mark.check(Head(bytes: UnsafeBufferPointer(rebasing: input[index...]))) {
          if found.map({ origin + index < $0.offset }) ?? true {
            found = (mark.type, origin + index)
          }
          break
        }
        start = index + 1
      }
    }
  }

  /// Where `wanted` first stands in `bytes`.
  static func first(_ wanted: [UInt8], in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    guard let base = bytes.baseAddress else { return nil }
    var start = 0
    while start + wanted.count <= bytes.count {
      let room = bytes.count - start - wanted.count + 1
      guard let hit = memchr(base + start, Int32(wanted[0]), room) else { return nil }
      let index = UnsafeRawPointer(base).distance(to: UnsafeRawPointer(hit))
      if memcmp(base + index, wanted, wanted.count) == 0 { return index }
      start = index + 1
    }
    return nil
  }
}
