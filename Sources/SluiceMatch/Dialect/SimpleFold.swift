/// What every character folds to, so that two characters fold alike just where PCRE2 takes one for
/// the other without regard to case: U+212A (Kelvin) to k, U+017F (long s) to s. ASCII letters fold
/// to lower case. Blocks of 256 characters, laid out for use through pointers; made once, never
/// freed.
///
/// Unchecked: the memory is written in `init` only.
struct SimpleFold: @unchecked Sendable {
  static let table = SimpleFold()

  /// The number of a character's block, by its value / 256. Block 0 folds nothing.
  let blocks: UnsafePointer<UInt8>
  /// 256 distances a block: what to add to the character.
  let distances: UnsafePointer<Int32>
  /// All other characters that fold to one, by what they fold to.
  private let families: [Unicode.Scalar: [Unicode.Scalar]]

  /// - Parameter value: a Unicode scalar, at most 0x10FFFF.
  @inline(__always) func fold(_ value: UInt32) -> UInt32 {
    let block = Int(blocks[Int(value >> 8)])
    return UInt32(truncatingIfNeeded: Int32(value) + distances[block << 8 | Int(value & 255)])
  }

  static func fold(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    Unicode.Scalar(table.fold(scalar.value)) ?? scalar
  }

  /// All characters that fold as this one does, itself included, in ascending order.
  static func family(of scalar: Unicode.Scalar) -> [Unicode.Scalar] {
    let folded = fold(scalar)
    return ((table.families[folded] ?? []) + [folded]).sorted()
  }

  private init() {
    var own: [[Int32]] = [Array(repeating: 0, count: 256)]
    let numbers = UnsafeMutablePointer<UInt8>.allocate(capacity: WordCharacters.blockCount)
    numbers.initialize(repeating: 0, count: WordCharacters.blockCount)
    var families: [Unicode.Scalar: [Unicode.Scalar]] = [:]
    for stretch in UnicodeStretches(UnicodeTables.folds) {
      for turn in 0..<stretch.count {
        let value = stretch.first + turn * stretch.step
        if numbers[value >> 8] == 0 {
          numbers[value >> 8] = UInt8(own.count)
          own.append(own[0])
        }
        own[Int(numbers[value >> 8])][value & 255] = Int32(stretch.target - stretch.first)
        if let member = Unicode.Scalar(UInt32(value)),
          let folded = Unicode.Scalar(UInt32(value + stretch.target - stretch.first))
        {
          families[folded, default: []].append(member)
        }
      }
    }
    let memory = UnsafeMutablePointer<Int32>.allocate(capacity: own.count * 256)
    for (index, distance) in own.joined().enumerated() { memory[index] = distance }
    blocks = UnsafePointer(numbers)
    distances = UnsafePointer(memory)
    self.families = families
  }
}
