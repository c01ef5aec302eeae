import SluiceExtract

extension Config {
  /// How much of an item is examined, for the daemon and the one-shot commands alike.
  package var extractLimits: ExtractLimits {
    var limits = ExtractLimits(fileBytes: fileBytes, segmentBytes: segmentBytes)
    limits.expandedBytes = expandedBytes
    limits.partBytes = partBytes
    limits.documentBytes = documentBytes
    limits.ratio = ratio
    limits.members = members
    limits.depth = depth
    limits.milliseconds = Int(openTime.count / 1_000_000)
    limits.memoryBytes = openMemory
    return limits
  }

  /// The program that opens archives, mail and documents.
  package var parsers: ParserClient.Options {
    ParserClient.Options(
      program: ParserProgram.path, bestEffort: sandbox == .bestEffort, pictures: pictures)
  }
}
