/// What a run of encoded text stands for, as bytes, and where in the block each came from.
struct RawDecoded {
  struct Unit {
    /// Bytes that the unit came to.
    var count: Int
    var source: Range<Int>
  }

  private(set) var bytes: [UInt8] = []
  private(set) var units: [Unit] = []

  var isEmpty: Bool { bytes.isEmpty }
  var count: Int { bytes.count }

  mutating func append(_ byte: UInt8, from source: Range<Int>) {
    bytes.append(byte)
    units.append(Unit(count: 1, source: source))
  }

  mutating func append(bytes more: some Collection<UInt8>, from source: Range<Int>) {
    guard !more.isEmpty else { return }
    bytes.append(contentsOf: more)
    units.append(Unit(count: more.count, source: source))
  }

  mutating func append(scalar: UInt32, from source: Range<Int>) {
    let start = bytes.count
    let isScalar = scalar < 0x110000 && scalar & 0xFFFF_F800 != 0xD800
    bytes.appendUTF8(isScalar ? scalar : 0xFFFD)
    units.append(Unit(count: bytes.count - start, source: source))
  }

  /// Drops parts of characters of UTF-8 at the edges, where what was encoded was cut.
  mutating func trim() {
    let head = bytes.prefix(4).prefix { $0 & 0xC0 == 0x80 }.count
    if head < 4, head < bytes.count { drop(head, fromStart: true) }
    let tail = bytes.suffix(3).reversed().prefix { $0 & 0xC0 == 0x80 }.count
    guard tail < bytes.count else { return }
    let length =
      switch bytes[bytes.count - tail - 1] {
      case 0xC2...0xDF: 2
      case 0xE0...0xEF: 3
      case 0xF0...0xF4: 4
      default: 0
      }
    if tail + 1 < length { drop(tail + 1, fromStart: false) }
  }

  private mutating func drop(_ count: Int, fromStart: Bool) {
    var left = count
    if fromStart { bytes.removeFirst(count) } else { bytes.removeLast(count) }
    while left > 0 {
      let index = fromStart ? 0 : units.count - 1
      guard units[index].count <= left else {
        units[index].count -= left
        return
      }
      left -= units[index].count
      units.remove(at: index)
    }
  }

  /// How the bytes read as text.
  enum Charset {
    case utf8
    case utf16(bigEndian: Bool)
    case windows1252
  }

  /// The set in which the bytes are text throughout; nil where they are none.
  var charset: Charset? {
    if isText(bytes) { return .utf8 }
    if bytes.count >= 8, bytes.count % 2 == 0 {
      for bigEndian in [false, true] {
        let high = stride(from: bigEndian ? 0 : 1, to: bytes.count, by: 2)
        let zeros = high.reduce(0) { $0 + (bytes[$1] == 0 ? 1 : 0) }
        let low = stride(from: bigEndian ? 1 : 0, to: bytes.count, by: 2).map { bytes[$0] }
        if zeros * 10 >= bytes.count / 2 * 9, low.allSatisfy(Self.isPrintable) {
          return .utf16(bigEndian: bigEndian)
        }
      }
    }
    let upper = bytes.reduce(0) { $0 + ($1 >= 0x80 ? 1 : 0) }
    let isLatin = bytes.allSatisfy { Self.isPrintable($0) || $0 >= 0xC0 } && bytes.count > 11
    return isLatin && upper > 0 && upper * 5 < bytes.count ? .windows1252 : nil
  }

  /// Valid UTF-8 without control characters, most of it letters, digits and blanks.
  private func isText(_ bytes: [UInt8]) -> Bool {
    var (wordy, other) = (0, 0)
    for byte in bytes {
      guard Self.isPrintable(byte) || byte >= 0x80 else { return false }
      if byte.isASCIIWord || byte == 0x20 || byte >= 0x80 { wordy += 1 } else { other += 1 }
    }
    return wordy >= other * 2 && bytes.withUnsafeBytes { UTF8Check.isValid($0) }
  }

  private static func isPrintable(_ byte: UInt8) -> Bool {
    (0x20...0x7E).contains(byte) || (0x08...0x0D).contains(byte) || byte == 0x1B
  }
}

enum UTF8Check {
  static func isValid(_ bytes: UnsafeRawBufferPointer) -> Bool {
    let bytes = bytes.assumingMemoryBound(to: UInt8.self)
    var index = 0
    while index < bytes.count {
      guard case .valid(_, let length) = UTF8Form.at(index, of: bytes) else { return false }
      index += length
    }
    return true
  }
}
