/// How much of one item is examined. Whatever lies beyond a limit is named in the summary's
/// `unexamined` with the cause `limit` and the limit's own code: no limit ever turns into "clean".
package struct ExtractLimits: Sendable, Hashable {
  /// Bytes of a file that are decoded; all of them are hashed.
  package var fileBytes: Int
  /// Bytes of text (UTF-8) of one segment.
  package var segmentBytes: Int
  /// Readings of one text whose character set is open. There are fewer sets than the default, so
  /// that no honest text meets it.
  package var readings: Int
  /// Bytes that all parts of an item may come to when they are unpacked.
  package var expandedBytes = 4 << 30
  /// Bytes of one unpacked part; it lies in memory while it is read.
  package var partBytes = 256 << 20
  /// Bytes of a document that is read as a tree: HTML, XML, rich text.
  package var documentBytes = 16 << 20
  /// How many times an item's own size its parts may come to, once they are more than
  /// `ratioFloor`.
  package var ratio = 250
  /// Parts of an item, at all depths.
  package var members = 100_000
  /// Containers inside one another.
  package var depth = 12
  /// Milliseconds that the child may take for one item.
  package var milliseconds = 60_000
  /// Bytes of address space of one child.
  package var memoryBytes = 2 << 30

  /// Below this many unpacked bytes the ratio is not looked at: small things compress by any ratio.
  package static let ratioFloor = 8 << 20

  /// Bytes of text (UTF-8) that are decoded out of one segment: from Base64 and the like.
  package var decodedBytes: Int

  package init(
    fileBytes: Int = 16 << 30, segmentBytes: Int = 16 << 30, readings: Int = 64,
    decodedBytes: Int = 16 << 20
  ) {
    self.fileBytes = fileBytes
    self.segmentBytes = segmentBytes
    self.readings = readings
    self.decodedBytes = decodedBytes
  }
}
