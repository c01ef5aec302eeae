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
  private let views: ViewSink

  private let parsers: ParserClient?

  /// - Parameter parsers: opens archives, mail and documents; without it such items are gaps with
  ///   the cause `no_decoder`.
  package init(limits: ExtractLimits = ExtractLimits(), parsers: ParserClient.Options? = nil) {
    self.limits = limits
    self.parsers = parsers.map { ParserClient(options: $0, limits: limits) }
    views = ViewSink(decodedBytes: limits.decodedBytes)
  }

  /// The client of the child that this extractor uses, if it uses one.
  package var client: ParserClient? { parsers }

  /// Reads the open descriptor from byte 0 to its end.
  ///
  /// An item of up to 256 KiB that is plain text reaches the sink in one piece, in place. A larger
  /// one comes in pieces; the piece marked `last` can be empty. What is not valid UTF-8 gives one
  /// segment for each plausible reading, or segments with the runs of text in it. Where there are
  /// several, each says its `reading`; only a large item that began as UTF-8 and then is not keeps
  /// its first segment without. After each piece come the other views of it, where they differ,
  /// and after a segment those decoded from it.
  ///
  /// - Parameters:
  ///   - name: as it was dropped; only shown, and compared with what the content is.
  ///   - sink: gets one document with the item's segments.
  ///   - observe: gets every byte of the file exactly once and in order, for hashing.
  /// - Throws: `ReadFailure` where a read fails. A document that was begun is then not ended.
  package func extract(
    _ descriptor: Int32, name: [UInt8], into sink: any TextSink, alive: @escaping () -> Void = {},
    observe: (UnsafeRawBufferPointer) -> Void
  ) throws(ReadFailure) -> ExtractionSummary {
    try reader.open(descriptor, limit: limits.fileBytes)
    views.open(sink)
    defer { views.close() }
    let extraction = ItemExtraction(
      ItemExtraction.Task(name: name, path: Display.name(name)), reader: reader, builder: builder,
      limits: limits, sink: views, parsers: parsers, alive: alive)
    var summary = try extraction.run(descriptor, observe: observe)
    views.complete(&summary)
    return summary
  }

  /// Reads bytes that were found inside an item, with everything that is in them. The sink has no
  /// document open, and gets the documents that come of it.
  ///
  /// - Parameters:
  ///   - path: what they are called, the item's path included.
  ///   - depth: how many containers they are in.
  package func extract(
    bytes: [UInt8], path: String, depth: Int, into sink: any TextSink,
    alive: @escaping () -> Void = {}
  ) throws(ReadFailure) -> ExtractionSummary {
    var summary = ExtractionSummary(examined: .nothing)
    guard let parsers else {
      summary.unexamined = [
        Unexamined(segment: path, cause: .noDecoder, detail: "nothing here opens it")
      ]
      return summary
    }
    let file = try MemoryFile(bytes)
    try parsers.read(
      ParserClient.Job(
        descriptor: file.descriptor, length: bytes.count, depth: depth, name: [], path: path),
      into: sink, summary: &summary, alive: alive)
    return summary
  }

  /// One part as text, in every plausible reading, and what it holds beside text.
  package struct PartReading {
    package var summary: ExtractionSummary
    package var type: FileType?
    /// An archive or a document behind or inside it, with its place.
    package var embedded: (type: FileType, offset: Int)?
  }

  /// Reads a part of a container as text; for the parsers, which have a document open in the sink.
  ///
  /// - Parameters:
  ///   - descriptor: holds the part and nothing else.
  ///   - declared: the character set that the container says it is in.
  package func read(
    part descriptor: Int32, path: String, as part: SegmentInfo.Part, declared: String?,
    into sink: any TextSink
  ) throws(ReadFailure) -> PartReading {
    try reader.open(descriptor, limit: limits.fileBytes)
    let extraction = ItemExtraction(
      ItemExtraction.Task(
        name: [], path: path, part: part, ownsDocument: false, declared: declared),
      reader: reader, builder: builder, limits: limits, sink: sink)
    let summary = try extraction.run(descriptor) { _ in }
    return PartReading(
      summary: summary, type: extraction.type, embedded: extraction.embedded.found)
  }
}
