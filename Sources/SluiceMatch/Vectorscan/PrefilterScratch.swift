import CVectorscan

/// One thread's means to scan with a database, and the stretches that the last scan let through.
final class PrefilterScratch {
  private let database: PrefilterDatabase
  private var scratch: OpaquePointer?
  private var collector: Collector

  /// Starts at which a pattern may match: byte offsets in the scanned bytes, in order.
  typealias Stretch = ClosedRange<Int>

  private struct Collector {
    /// By id; those in `touched` are not empty.
    var stretches: [[Stretch]]
    var touched: [Int] = []
    /// Bytes from a match's start to its hit's end, by id.
    let leads: [ClosedRange<Int>]
  }

  /// - Parameter leads: by id, the bytes from a match's start to the end of its hit.
  /// - Returns: nil where there is no memory for it.
  init?(_ database: PrefilterDatabase, leads: [ClosedRange<Int>]) {
    self.database = database
    collector = Collector(
      stretches: Array(repeating: [], count: leads.count), leads: leads)
    guard hs_alloc_scratch(database.database, &scratch) == HS_SUCCESS else { return nil }
  }

  deinit { hs_free_scratch(scratch) }

  /// Scans `bytes`; the stretches of each pattern are then in `stretches(of:)`.
  /// - Returns: Vectorscan's result, 0 for success.
  func scan(_ bytes: UnsafeRawBufferPointer) -> Int32 {
    for id in collector.touched { collector.stretches[id].removeAll(keepingCapacity: true) }
    collector.touched.removeAll(keepingCapacity: true)
    guard let base = bytes.baseAddress, bytes.count > 0 else { return 0 }
    return withUnsafeMutablePointer(to: &collector) { pointer in
      hs_scan(
        database.database, base.assumingMemoryBound(to: CChar.self), UInt32(bytes.count), 0,
        scratch,
        { id, _, end, _, context in
          let collector = context!.assumingMemoryBound(to: Collector.self)
          let id = Int(id)
          let end = Int(end)
          let lead = collector.pointee.leads[id]
          let newest = end - lead.lowerBound
          guard newest >= 0 else { return 0 }
          let start = max(0, end - lead.upperBound)
          if let last = collector.pointee.stretches[id].last {
            if start <= last.upperBound {
              if newest > last.upperBound {
                let index = collector.pointee.stretches[id].count - 1
                collector.pointee.stretches[id][index] = last.lowerBound...newest
              }
              return 0
            }
          } else {
            collector.pointee.touched.append(id)
          }
          collector.pointee.stretches[id].append(start...newest)
          return 0
        }, pointer)
    }
  }

  /// The patterns that the last scan let through, in ascending order.
  var touched: [Int] { collector.touched.sorted() }

  func stretches(of id: Int) -> [Stretch] { collector.stretches[id] }
}
