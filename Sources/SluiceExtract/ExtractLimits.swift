/// How much of one item is examined. Whatever lies beyond a limit is named in the summary's
/// `unexamined` with the cause `limit`: no limit ever turns into "clean".
package struct ExtractLimits: Sendable, Hashable {
  /// Bytes of a file that are decoded; all of them are hashed.
  package var fileBytes: Int
  /// Bytes of text (UTF-8) of one segment.
  package var segmentBytes: Int
  /// Readings of one text whose character set is open. There are fewer sets than the default, so
  /// that no honest text meets it.
  package var readings: Int

  package init(
    fileBytes: Int = 16 << 30, segmentBytes: Int = 16 << 30, readings: Int = 64
  ) {
    self.fileBytes = fileBytes
    self.segmentBytes = segmentBytes
    self.readings = readings
  }
}
