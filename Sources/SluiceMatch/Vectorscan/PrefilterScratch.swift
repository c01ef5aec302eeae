import CVectorscan

/// One thread's means to scan with a database.
final class PrefilterScratch {
  private let database: PrefilterDatabase
  private var scratch: OpaquePointer?
  private let sink: Sink

  /// Where hits go. Its fields are set before a scan.
  private final class Sink {
    /// Bytes from a match's start to its hit's end, by id.
    let leads: UnsafeMutablePointer<Lead>
    var list: CandidateList?
    let gates: GateTable
    /// The whole window.
    var text: UnsafePointer<UInt8>?
    /// The offset of the scanned bytes in the window, and where starts end.
    var start = 0
    var stop = 0

    init(_ leads: [ClosedRange<Int>], gates: GateTable) {
      self.gates = gates
      self.leads = .allocate(capacity: max(1, leads.count))
      for (index, lead) in leads.enumerated() {
        (self.leads + index).initialize(to: Lead(low: lead.lowerBound, high: lead.upperBound))
      }
    }

    deinit { leads.deallocate() }

    @inline(__always)
    func hit(_ id: Int, end: Int) {
      let lead = leads[id]
      guard let text else { return }
      var lower = max(0, end - lead.high) + start
      let upper = min(stop - 1, end - lead.low + start)
      lower = gates.first(of: id, text, from: lower, before: end + start)
      if lower <= upper, upper >= start { list?.add(id, lower, upper, joins: true) }
    }
  }

  private struct Lead {
    var low: Int
    var high: Int
  }

  /// - Parameter leads: by id, the bytes from a match's start to the end of its hit.
  /// - Returns: nil where there is no memory for it.
  init?(_ database: PrefilterDatabase, leads: [ClosedRange<Int>], gates: GateTable) {
    self.database = database
    sink = Sink(leads, gates: gates)
    guard hs_alloc_scratch(database.database, &scratch) == HS_SUCCESS else { return nil }
  }

  deinit { hs_free_scratch(scratch) }

  /// Adds the starts from `start` to just before `stop` that a literal in `start..<reach` implies.
  /// - Returns: Vectorscan's result, 0 for success.
  func scan(
    _ text: UnsafeRawBufferPointer, start: Int, stop: Int, reach: Int, into list: CandidateList
  ) -> Int32 {
    guard let base = text.baseAddress, reach > start else { return 0 }
    sink.list = list
    sink.text = base.assumingMemoryBound(to: UInt8.self)
    sink.start = start
    sink.stop = stop
    return hs_scan(
      database.database, (base + start).assumingMemoryBound(to: CChar.self),
      UInt32(reach - start), 0, scratch,
      { id, _, end, _, context in
        Unmanaged<Sink>.fromOpaque(context!)._withUnsafeGuaranteedRef {
          $0.hit(Int(id), end: Int(end))
        }
        return 0
      }, Unmanaged.passUnretained(sink).toOpaque())
  }
}
