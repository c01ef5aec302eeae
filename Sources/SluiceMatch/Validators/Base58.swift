import Crypto

/// Base58 as Bitcoin writes it, and its form with four bytes of checksum.
enum Base58 {
  private static let alphabet = Array(
    "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz".utf8)
  private static let values: [Int8] = {
    var table = [Int8](repeating: -1, count: 256)
    for (index, byte) in alphabet.enumerated() { table[Int(byte)] = Int8(index) }
    return table
  }()

  static func value(_ byte: UInt8) -> Int8 { values[Int(byte)] }

  /// - Returns: nil for another character, or more than 128 of them.
  static func decode(_ text: UnsafeRawBufferPointer) -> [UInt8]? {
    guard !text.isEmpty, text.count <= 128 else { return nil }
    // Little end first, so that carries append.
    var bytes: [UInt8] = []
    for byte in text {
      guard values[Int(byte)] >= 0 else { return nil }
      var carry = Int(values[Int(byte)])
      for index in bytes.indices {
        carry += Int(bytes[index]) * 58
        bytes[index] = UInt8(carry & 0xFF)
        carry >>= 8
      }
      while carry > 0 {
        bytes.append(UInt8(carry & 0xFF))
        carry >>= 8
      }
    }
    bytes.append(contentsOf: text.prefix { $0 == alphabet[0] }.map { _ in 0 })
    return bytes.reversed()
  }

  /// The payload before a right checksum; nil if there is none.
  static func checked(_ text: UnsafeRawBufferPointer) -> ArraySlice<UInt8>? {
    guard let bytes = decode(text), bytes.count > 4 else { return nil }
    let payload = bytes[..<(bytes.count - 4)]
    let once = SHA256.hash(data: payload)
    let twice = SHA256.hash(data: Array(once))
    return Array(twice).prefix(4).elementsEqual(bytes.suffix(4)) ? payload : nil
  }
}
