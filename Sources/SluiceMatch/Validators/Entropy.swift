import Glibc

/// A floor for Shannon's entropy: what people type repeats itself, what machines draw does not.
enum Entropy {
  /// The argument is in bits a character.
  static let validator = Validator("entropy", argument: 0.5...8) { bytes, floor in
    bits(bytes) >= floor
  }

  static func bits(_ bytes: UnsafeRawBufferPointer) -> Double {
    guard !bytes.isEmpty else { return 0 }
    var counts = [Int](repeating: 0, count: 256)
    for byte in bytes { counts[Int(byte)] += 1 }
    let total = Double(bytes.count)
    return counts.reduce(0) { sum, count in
      guard count > 0 else { return sum }
      let share = Double(count) / total
      return sum - share * log2(share)
    }
  }
}
