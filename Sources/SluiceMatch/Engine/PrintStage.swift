import CSluiceScan

/// Finds the sequences of a stretch of text, and from them the starts at which patterns may match.
/// One a worker, its memory is used again.
final class PrintStage {
  private let table: PrintTable
  private let gates: GateTable
  private let simd: Int32
  private var hits: UnsafeMutablePointer<sluice_print_hit>
  private var room = 4096

  init(_ table: PrintTable, gates: GateTable, simd: Int32 = WordStage.simd) {
    self.table = table
    self.gates = gates
    self.simd = simd
    hits = .allocate(capacity: room)
  }

  deinit { hits.deallocate() }

  /// Bytes that are searched before what was found is looked at, so that it stays near.
  private static let slice = 8192

  /// Adds the starts from `start` to just before `stop` at which a sequence in `from..<reach` lets
  /// a pattern match.
  func scan(
    _ text: UnsafeRawBufferPointer, start: Int, stop: Int, from: Int, reach: Int,
    into list: CandidateList
  ) {
    guard let base = text.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return }
    var at = from
    while at < reach {
      let end = min(reach, at + Self.slice)
      let found = withUnsafePointer(to: table.sequences) {
        sluice_find_prints(base, text.count, at, end, $0, hits, room, simd)
      }
      guard found <= room else {
        // Only a text made of hits comes here.
        hits.deallocate()
        room = found
        hits = .allocate(capacity: room)
        continue
      }
      for index in 0..<found {
        let sequence = Int(hits[index].sequence)
        for use in table.firstUse[sequence]..<table.firstUse[sequence + 1] {
          look(
            table.uses + Int(use), base, count: text.count, at: Int(hits[index].at),
            start: start, stop: stop, list)
        }
      }
      at = end
    }
  }

  @inline(__always)
  private func look(
    _ use: UnsafePointer<PrintUse>, _ text: UnsafePointer<UInt8>, count: Int, at: Int,
    start: Int, stop: Int, _ list: CandidateList
  ) {
    let first = at - Int(use.pointee.offset)
    guard first >= 0 else { return }
    if use.pointee.byteCount > 0 {
      guard isSpelt(use, text, count: count, at: first) else { return }
    } else if !gates.holds(
      use.pointee.classStart, use.pointee.classCount, text, count: count, at: first)
    {
      return
    }
    var lower = max(start, first - Int(use.pointee.leadHigh))
    let upper = min(stop - 1, first - Int(use.pointee.leadLow))
    let pattern = Int(use.pointee.pattern)
    if !use.pointee.isExact { lower = gates.first(of: pattern, text, from: lower, before: first) }
    guard lower <= upper else { return }
    guard use.pointee.isExact else { return list.add(pattern, lower, upper, joins: true) }
    var candidate = lower
    while candidate <= upper {
      if gates.isOpen(pattern, text, count: count, at: candidate) {
        list.add(pattern, candidate, candidate, joins: false)
      }
      candidate += 1
    }
  }

  @inline(__always)
  private func isSpelt(
    _ use: UnsafePointer<PrintUse>, _ text: UnsafePointer<UInt8>, count: Int, at: Int
  ) -> Bool {
    let length = Int(use.pointee.byteCount)
    guard at + length <= count else { return false }
    let bytes = table.bytes + Int(use.pointee.byteStart)
    var index = 0
    if use.pointee.isCaseless {
      while index < length {
        let byte = text[at + index]
        let folded = byte &- 65 < 26 ? byte | 0x20 : byte
        if folded != bytes[index] { return false }
        index += 1
      }
    } else {
      while index < length {
        if text[at + index] != bytes[index] { return false }
        index += 1
      }
    }
    return true
  }
}
