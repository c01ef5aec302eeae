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
  let sequences: sluice_print_table
  /// By the number of a sequence, where its uses begin; one more ends the last.
  let firstUse: UnsafePointer<UInt32>
  let uses: UnsafePointer<PrintUse>
  let bytes: UnsafePointer<UInt8>
  private let memory = TableMemory()

  init(_ parts: PrintBuilder.Parts) {
    sequences = sluice_print_table(
      groups: memory.keep(parts.groups), group_count: parts.groups.count,
      first: memory.keep(parts.firstKey), keys: memory.keep(parts.keys))
    firstUse = memory.keep(parts.firstUse)
    uses = memory.keep(parts.uses)
    bytes = memory.keep(parts.bytes)
  }
}
