/// One thread's means to find candidates by a program's tables; its memory is used again.
final class SearchScratch {
  let tables: SearchTables
  private let words: WordStage?
  private let prints: PrintStage?
  private let prefilter: PrefilterScratch?

  init(_ tables: SearchTables, of program: PatternProgram) {
    self.tables = tables
    words = tables.triggers.map { WordStage($0, gates: program.gates) }
    prints = tables.prints.map { PrintStage($0, gates: program.gates) }
    prefilter = tables.database.flatMap {
      PrefilterScratch($0, leads: program.entries.map(\.vectorscanLead), gates: program.gates)
    }
  }

  /// Adds all candidates that start in `start..<stop` and whose trigger lies in `from..<reach`.
  /// - Returns: Vectorscan's result, 0 for success; -2 where there is no memory for it.
  func scan(
    _ text: UnsafeRawBufferPointer, start: Int, stop: Int, from: Int, reach: Int,
    into list: CandidateList
  ) -> Int32 {
    words?.scan(text, start: start, stop: stop, from: from, reach: reach, into: list)
    prints?.scan(text, start: start, stop: stop, from: from, reach: reach, into: list)
    guard tables.database != nil else { return 0 }
    return prefilter?.scan(text, start: start, stop: stop, reach: reach, into: list) ?? -2
  }
}
