/// Monero addresses: Base58 in blocks of eight bytes, a known network byte, and four bytes of
/// Keccak-256 at the end. Source: Monero's `src/common/base58.cpp`.
enum Monero {
  static let validator = Validator("monero") { bytes, _ in
    guard let decoded = decode(bytes), let network = decoded.first,
      decoded.count == 69 || decoded.count == 77,
      [18, 19, 42, 24, 25, 36, 53, 54, 63].contains(network)
    else { return false }
    let payload = decoded.dropLast(4)
    return Keccak.keccak256(payload).prefix(4).elementsEqual(decoded.suffix(4))
  }

  /// Bytes of a block by its count of characters.
  private static let sizes = [2: 1, 3: 2, 5: 3, 6: 4, 7: 5, 9: 6, 10: 7, 11: 8]

  private static func decode(_ text: UnsafeRawBufferPointer) -> [UInt8]? {
    guard text.count == 95 || text.count == 106 else { return nil }
    var bytes: [UInt8] = []
    for start in stride(from: 0, to: text.count, by: 11) {
      let block = text[start..<min(text.count, start + 11)]
      guard let size = sizes[block.count] else { return nil }
      var value: UInt64 = 0
      for byte in block {
        let digit = Base58.value(byte)
        guard digit >= 0 else { return nil }
        let (product, overflow) = value.multipliedReportingOverflow(by: 58)
        let (sum, carried) = product.addingReportingOverflow(UInt64(digit))
        guard !overflow, !carried else { return nil }
        value = sum
      }
      guard size == 8 || value >> UInt64(size * 8) == 0 else { return nil }
      for shift in (0..<size).reversed() {
        bytes.append(UInt8(truncatingIfNeeded: value >> UInt64(shift * 8)))
      }
    }
    return bytes
  }
}
