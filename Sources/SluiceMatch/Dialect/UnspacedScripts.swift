/// Finds `\b` beside a letter of a script that is written without spaces between words, where a
/// word boundary is hardly ever and the pattern so finds next to nothing.
enum UnspacedScripts {
  /// Indices (in Unicode scalars of the source) of such `\b`.
  static func boundaries(in source: String) -> [Int] {
    let scalars = Array(source.unicodeScalars)
    var found: [Int] = []
    var index = 0
    while index + 1 < scalars.count {
      guard scalars[index] == "\\" else {
        index += 1
        continue
      }
      if scalars[index + 1] == "b", isBeside(index, in: scalars) { found.append(index) }
      index += 2
    }
    return found
  }

  /// Whether the nearest sign on either side, groups and spaces aside, is such a letter.
  private static func isBeside(_ boundary: Int, in scalars: [Unicode.Scalar]) -> Bool {
    let frame = Set("()?:| \n[".unicodeScalars)
    let after = scalars[(boundary + 2)...].first { !frame.contains($0) }
    let before = scalars[..<boundary].last { !frame.contains($0) }
    return [before, after].contains { $0.map(isUnspaced) ?? false }
  }

  /// Scripts without spaces between words: Thai, Lao, Myanmar, Khmer, kana, Han.
  /// Source: Unicode Standard Annex 14, class SA, and the blocks of Han and kana.
  private static func isUnspaced(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0E00...0x0EFF, 0x1000...0x109F, 0x1780...0x17FF, 0x3040...0x30FF, 0x31F0...0x31FF,
      0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x3FFFF:
      true
    default: false
    }
  }
}
