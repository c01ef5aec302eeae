/// Puts a message together: numbers in little-endian order, texts and bytes behind their length.
package struct WireWriter {
  package private(set) var bytes: [UInt8] = []

  package init() {}

  package mutating func byte(_ value: UInt8) { bytes.append(value) }

  package mutating func number(_ value: Int) {
    withUnsafeBytes(of: UInt64(bitPattern: Int64(value)).littleEndian) {
      bytes.append(contentsOf: $0)
    }
  }

  package mutating func count(_ value: Int) {
    withUnsafeBytes(of: UInt32(value).littleEndian) { bytes.append(contentsOf: $0) }
  }

  package mutating func block(_ value: some Collection<UInt8>) {
    count(value.count)
    bytes.append(contentsOf: value)
  }

  package mutating func text(_ value: String) { block(value.utf8) }
}

/// Takes a message of the other side apart. Nothing it says is believed: every length is checked
/// against what is there, and a message with bytes left over is as wrong as a short one.
package struct WireReader {
  package struct Malformed: Error {}

  private let bytes: UnsafeRawBufferPointer
  private var index = 0

  package init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  package var rest: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: bytes[index...])
  }

  package mutating func byte() throws(Malformed) -> UInt8 {
    try take(1)[0]
  }

  package mutating func number() throws(Malformed) -> Int {
    let raw = UInt64(littleEndian: try take(8).loadUnaligned(as: UInt64.self))
    return Int(Int64(bitPattern: raw))
  }

  /// A number that must lie between 0 and `limit`.
  package mutating func number(upTo limit: Int) throws(Malformed) -> Int {
    let value = try number()
    guard value >= 0, value <= limit else { throw Malformed() }
    return value
  }

  package mutating func block(upTo limit: Int) throws(Malformed) -> UnsafeRawBufferPointer {
    let count = Int(UInt32(littleEndian: try take(4).loadUnaligned(as: UInt32.self)))
    guard count <= limit else { throw Malformed() }
    return try take(count)
  }

  /// Valid UTF-8 only.
  package mutating func text(upTo limit: Int) throws(Malformed) -> String {
    let block = try block(upTo: limit)
    guard let text = String(validating: block, as: UTF8.self) else { throw Malformed() }
    return text
  }

  package func end() throws(Malformed) {
    guard index == bytes.count else { throw Malformed() }
  }

  private mutating func take(_ count: Int) throws(Malformed) -> UnsafeRawBufferPointer {
    guard count <= bytes.count - index else { throw Malformed() }
    defer { index += count }
    return UnsafeRawBufferPointer(rebasing: bytes[index..<index + count])
  }
}
