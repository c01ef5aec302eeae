/// The encoding of RFC 4251, section 5: numbers of four bytes, and strings with their length before
/// them.
struct SSHReader {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: some Sequence<UInt8>) { rest = Array(bytes)[...] }

  var isAtEnd: Bool { rest.isEmpty }
  var remaining: [UInt8] { Array(rest) }

  /// Exactly these bytes come next, and are passed over.
  mutating func skip(_ bytes: some Collection<UInt8>) -> Bool {
    guard rest.starts(with: bytes) else { return false }
    rest = rest.dropFirst(bytes.count)
    return true
  }

  mutating func number() -> UInt32? {
    guard rest.count >= 4 else { return nil }
    defer { rest = rest.dropFirst(4) }
    return rest.prefix(4).reduce(0) { $0 << 8 | UInt32($1) }
  }

  mutating func string() -> [UInt8]? {
    guard let length = number(), Int(length) <= rest.count else { return nil }
    defer { rest = rest.dropFirst(Int(length)) }
    return Array(rest.prefix(Int(length)))
  }

  mutating func text() -> String? { string().flatMap { String(validating: $0, as: UTF8.self) } }
}

/// Writes what `SSHReader` reads.
struct SSHWriter {
  private(set) var bytes: [UInt8] = []

  mutating func append(raw: some Sequence<UInt8>) { bytes.append(contentsOf: raw) }

  mutating func append(_ number: UInt32) {
    withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
  }

  mutating func append(_ string: some Collection<UInt8>) {
    append(UInt32(string.count))
    bytes.append(contentsOf: string)
  }

  mutating func append(_ text: String) { append(Array(text.utf8)) }
}
