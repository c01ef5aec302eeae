// SluiceExtract: bytes to documents, segments and text, with maps back to the bytes.
// Trusts: nothing in an item; names, magic numbers and declared character sets are only hints.
// Never: goes by a file's name, calls a C parser, or lets a part it did not read go unmentioned.

import SluiceCore

/// Reads items and hands their text to a sink. One a worker; its buffers are used again for every
/// item, so memory stays flat whatever an item holds.
package final class Extractor {
  private let limits: ExtractLimits
  private let reader = ItemReader()
  private let builder = TextBuilder(capacity: ItemExtraction.slice * 3 + 4 * longestRest)

  package init(limits: ExtractLimits = ExtractLimits()) {
    self.limits = limits
  }

  /// Reads the open descriptor from byte 0 to its end.
  ///
  /// An item of up to 256 KiB that is plain text reaches the sink in one piece, in place. A larger
  /// one comes in pieces; the piece marked `last` can be empty. What is not valid UTF-8 gives one
  /// segment for each plausible reading, or segments with the runs of text in it. Where there are
  /// several, each says its `reading`; only a large item that began as UTF-8 and then is not keeps
  /// its first segment without.
  ///
  /// - Parameters:
  ///   - name: as it was dropped; only shown, and compared with what the content is.
  ///   - sink: gets one document with the item's segments.
  ///   - observe: gets every byte of the file exactly once and in order, for hashing.
  /// - Throws: `ReadFailure` where a read fails. A document that was begun is then not ended.
  package func extract(
    _ descriptor: Int32, name: [UInt8], into sink: any TextSink,
    observe: (UnsafeRawBufferPointer) -> Void
  ) throws(ReadFailure) -> ExtractionSummary {
    try reader.open(descriptor, limit: limits.fileBytes)
    let extraction = ItemExtraction(
      name: name, reader: reader, builder: builder, limits: limits, sink: sink)
    return try extraction.run(observe: observe)
  }
}
