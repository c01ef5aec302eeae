/// NFKC of one character with its marks (Unicode Standard Annex 15).
struct Normalizer: Sendable {
  static let shared = Normalizer()

  private let decompositions: [UInt32: [UInt32]]
  private let compositions: [UInt64: UInt32]

  private init() {
    var decompositions: [UInt32: [UInt32]] = [:]
    TableReader.entries(of: FoldTables.decompositions) { entry in
      decompositions[entry[0]] = Array(entry[1...])
    }
    var compositions: [UInt64: UInt32] = [:]
    TableReader.entries(of: FoldTables.compositions) { entry in
      compositions[UInt64(entry[0]) << 32 | UInt64(entry[1])] = entry[2]
    }
    self.decompositions = decompositions
    self.compositions = compositions
  }

  /// The full compatibility decomposition; nil where that is the scalar itself.
  func decomposition(of scalar: UInt32) -> [UInt32]? {
    if scalar &- Hangul.syllables < Hangul.count { return Hangul.parts(of: scalar) }
    return decompositions[scalar]
  }

  /// Whether no language writes this Latin letter with this mark.
  func isOdd(_ letter: UInt32, with mark: UInt32) -> Bool {
    guard let composed = compositions[UInt64(letter) << 32 | UInt64(mark)] else {
      // A second mark on a letter that has one is how some write tones.
      return letter < 0x80
    }
    return PropertyTable.shared[composed].contains(.odd)
  }

  /// The letter without its marks, for a Latin letter that has some.
  func bare(_ letter: UInt32) -> UInt32? {
    guard let parts = decompositions[letter], parts.count > 1, parts[0] < 0x80,
      parts.dropFirst().allSatisfy({ PropertyTable.shared[$0].contains(.mark) })
    else { return nil }
    return parts[0]
  }

  /// Orders the marks of `scalars`, which are decomposed, and composes what composes.
  func compose(_ scalars: inout [UInt32]) {
    let table = PropertyTable.shared
    order(&scalars, table)
    guard scalars.count > 1 else { return }
    var starter = -1
    var lastClass: UInt8 = 0
    var kept = 0
    for index in scalars.indices {
      let scalar = scalars[index]
      let rank = table[scalar].combiningClass
      let isNext = starter >= 0 && kept == starter + 1
      if starter >= 0, isNext || (lastClass < rank && lastClass != 0),
        let composed = pair(scalars[starter], scalar)
      {
        scalars[starter] = composed
        continue
      }
      if rank == 0 { starter = kept }
      lastClass = rank
      scalars[kept] = scalar
      kept += 1
    }
    scalars.removeLast(scalars.count - kept)
  }

  /// The canonical order: marks by their class, each class as it came.
  private func order(_ scalars: inout [UInt32], _ table: PropertyTable) {
    for index in scalars.indices.dropFirst() {
      let rank = table[scalars[index]].combiningClass
      guard rank > 0 else { continue }
      var place = index
      let scalar = scalars[index]
      while place > 0, table[scalars[place - 1]].combiningClass > rank {
        scalars[place] = scalars[place - 1]
        place -= 1
      }
      scalars[place] = scalar
    }
  }

  private func pair(_ first: UInt32, _ second: UInt32) -> UInt32? {
    Hangul.pair(first, second) ?? compositions[UInt64(first) << 32 | UInt64(second)]
  }
}

/// Hangul syllables are computed (The Unicode Standard, section 3.12).
enum Hangul {
  static let syllables: UInt32 = 0xAC00
  static let count: UInt32 = 11172
  private static let (lead, vowel, tail): (UInt32, UInt32, UInt32) = (0x1100, 0x1161, 0x11A7)

  static func parts(of syllable: UInt32) -> [UInt32] {
    let index = syllable - syllables
    let parts = [lead + index / 588, vowel + index % 588 / 28]
    return index % 28 == 0 ? parts : parts + [tail + index % 28]
  }

  static func pair(_ first: UInt32, _ second: UInt32) -> UInt32? {
    if first &- lead < 19, second &- vowel < 21 {
      return syllables + ((first - lead) * 21 + (second - vowel)) * 28
    }
    let index = first &- syllables
    if index < count, index % 28 == 0, second &- tail &- 1 < 27 { return first + (second - tail) }
    return nil
  }

  /// A vowel or final consonant, which joins what stands before it.
  static func isTrailing(_ scalar: UInt32) -> Bool {
    scalar &- vowel < 21 || scalar &- tail &- 1 < 27
  }
}
