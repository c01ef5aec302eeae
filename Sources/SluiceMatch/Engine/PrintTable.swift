import CSluiceScan

/// What one pattern does where one of its sequences stands.
struct PrintUse {
  var pattern: Int32
  /// From the sequence's first byte to the bytes that are looked for.
  var offset: Int32 = 0
  /// The sequence, as classes in the gates' list, or as bytes in the table's own.
  var classStart: Int32 = 0
  var classCount: Int32 = 0
  var byteStart: Int32 = 0
  var byteCount: Int32 = 0
  /// Whether ASCII letters of the bytes stand for both cases.
  var isCaseless = false
  /// From a match's start to the sequence.
  var leadLow: Int32 = 0
  var leadHigh: Int32 = 0
  var isExact = false
}

/// The sequences of all patterns, by groups of eight buckets.
///
/// Unchecked: written in `init`, then only read; freed with the last owner.
final class PrintTable: @unchecked Sendable {
  let groups: UnsafeBufferPointer<sluice_prints>
  /// By bucket (eight a group), where its uses begin; one more ends the last.
  let firstUse: UnsafePointer<Int32>
  let uses: UnsafePointer<PrintUse>
  let bytes: UnsafePointer<UInt8>
  private let memory: [UnsafeMutableRawPointer]

  init(_ parts: PrintBuilder.Parts) {
    var memory: [UnsafeMutableRawPointer] = []
    func keep<Element>(_ elements: [Element]) -> UnsafePointer<Element> {
      let copy = UnsafeMutablePointer<Element>.allocate(capacity: max(1, elements.count))
      copy.initialize(from: elements, count: elements.count)
      memory.append(UnsafeMutableRawPointer(copy))
      return UnsafePointer(copy)
    }
    groups = UnsafeBufferPointer(start: keep(parts.groups), count: parts.groups.count)
    firstUse = keep(parts.firstUse)
    uses = keep(parts.uses)
    bytes = keep(parts.bytes)
    self.memory = memory
  }

  deinit { for part in memory { part.deallocate() } }
}
