import CSluiceScan

/// The words of all patterns, and what each pattern does when one of them is found.
///
/// Unchecked: written by `TriggerBuilder` only, then read-only; freed with the last owner.
final class TriggerTable: @unchecked Sendable {
  /// How words are looked up; points to memory of this table.
  let dictionary: sluice_dictionary
  /// By the number of a word, where its uses begin; one more ends the last.
  let firstUse: UnsafePointer<Int32>
  let firstNear: UnsafePointer<Int32>
  let uses: UnsafePointer<TriggerUse>
  /// By use.
  let near: UnsafePointer<NearDemand>
  let sets: UnsafePointer<UInt64>
  let setKeys: UnsafePointer<UInt64>
  /// Words and their neighbours, see `NeighbourFilter`.
  let neighbours: UnsafePointer<UInt64>
  let neighbourShift: UInt64
  let spellings: UnsafePointer<UInt8>
  let runs: UnsafeBufferPointer<RunUse>
  let words: Int
  private let starts: [StartUse]
  let startBits: UnsafePointer<UInt64>
  let startSequences: UnsafePointer<StartSequence>
  /// Whether some pattern's starts are looked for among the words of the text.
  let hasStarts: Bool
  private let memory = TableMemory()

  let characters = sluice_characters(
    word_blocks: WordCharacters.table.blocks, word_bits: WordCharacters.table.bits,
    fold_blocks: SimpleFold.table.blocks, fold_distances: SimpleFold.table.distances)

  init(_ parts: TriggerBuilder.Parts) {
    var dictionary = parts.dictionary
    dictionary.bitmap = memory.keep(parts.bitmap)
    dictionary.filter = memory.keep(parts.filter)
    dictionary.keys = memory.keep(parts.keys)
    dictionary.values = memory.keep(parts.values)
    self.dictionary = dictionary
    firstUse = memory.keep(parts.firstUse)
    firstNear = memory.keep(parts.firstNear)
    uses = memory.keep(parts.uses)
    near = memory.keep(parts.uses.map { NearDemand($0) })
    sets = memory.keep(parts.sets)
    setKeys = memory.keep(parts.setKeys)
    neighbours = memory.keep(parts.neighbours.bits)
    neighbourShift = parts.neighbours.shift
    spellings = memory.keep(parts.spellings)
    runs = UnsafeBufferPointer(start: memory.keep(parts.runs), count: parts.runs.count)
    words = parts.firstUse.count - 1
    starts = parts.starts
    startSequences = memory.keep(parts.startSequences)
    startBits = memory.keep(parts.startBits)
    hasStarts = !parts.startBits.isEmpty
  }

  /// What a pattern begins with; nil where that is not known.
  func start(of pattern: Int) -> StartUse? {
    guard starts.indices.contains(pattern), starts[pattern].bits >= 0 else { return nil }
    return starts[pattern]
  }
}
