import CSluiceScan

/// The words of all patterns, and what each pattern does when one of them is found.
///
/// Unchecked: written by `TriggerBuilder` only, then read-only; freed with the last owner.
final class TriggerTable: @unchecked Sendable {
  /// How words are looked up; points to memory of this table.
  let dictionary: sluice_dictionary
  /// By the number of a word, where its uses begin; one more ends the last.
  let firstUse: UnsafePointer<Int32>
  let uses: UnsafePointer<TriggerUse>
  let sets: UnsafePointer<UInt64>
  let spellings: UnsafePointer<UInt8>
  let runs: UnsafeBufferPointer<RunUse>
  let words: Int
  private let memory: [UnsafeMutableRawPointer]

  let characters = sluice_characters(
    word_blocks: WordCharacters.table.blocks, word_bits: WordCharacters.table.bits,
    fold_blocks: SimpleFold.table.blocks, fold_distances: SimpleFold.table.distances)

  init(_ parts: TriggerBuilder.Parts) {
    var memory: [UnsafeMutableRawPointer] = []
    func keep<Element>(_ elements: [Element]) -> UnsafePointer<Element> {
      let copy = UnsafeMutablePointer<Element>.allocate(capacity: max(1, elements.count))
      copy.initialize(from: elements, count: elements.count)
      memory.append(UnsafeMutableRawPointer(copy))
      return UnsafePointer(copy)
    }
    var dictionary = parts.dictionary
    dictionary.bitmap = keep(parts.bitmap)
    dictionary.keys = keep(parts.keys)
    dictionary.values = keep(parts.values)
    self.dictionary = dictionary
    firstUse = keep(parts.firstUse)
    uses = keep(parts.uses)
    sets = keep(parts.sets)
    spellings = keep(parts.spellings)
    runs = UnsafeBufferPointer(start: keep(parts.runs), count: parts.runs.count)
    words = parts.firstUse.count - 1
    self.memory = memory
  }

  deinit { for part in memory { part.deallocate() } }
}
