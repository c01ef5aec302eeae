/// What the reading of one item came to, beside the text that went into the sink.
package struct ExtractionSummary: Sendable, Hashable {
  package var examined: Examined
  /// The character sets and decoders used, in the order of use, each once.
  package var decoders: [String]
  /// Bytes of the item that were read and reached a decoder.
  package var examinedBytes: Int
  /// Segments handed to the sink.
  package var segments: Int
  package var unexamined: [Unexamined]
  /// The process that opens formats failed at the item, which may be tried once more; one of the
  /// gaps says how it failed.
  package var extractorFailed = false

  package init(
    examined: Examined = .nothing, decoders: [String] = [], examinedBytes: Int = 0,
    segments: Int = 0, unexamined: [Unexamined] = []
  ) {
    self.examined = examined
    self.decoders = decoders
    self.examinedBytes = examinedBytes
    self.segments = segments
    self.unexamined = unexamined
  }
}
