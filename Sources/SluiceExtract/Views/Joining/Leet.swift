/// Digits and symbols that are written for letters.
enum Leet {
  /// The letters that a byte can stand for, the likeliest first; empty for none.
  static func letters(for byte: UInt8) -> [UInt8] { table[Int(byte)] }

  private static let table: [[UInt8]] = {
    var table = [[UInt8]](repeating: [], count: 256)
    for entry in [
      "0o", "1il", "2z", "3e", "4a", "5s", "6gb", "7t", "8b", "9gq", "@a", "$s", "!il", "|li", "+t",
    ] {
      let bytes = Array(entry.utf8)
      table[Int(bytes[0])] = Array(bytes[1...])
    }
    return table
  }()
}
