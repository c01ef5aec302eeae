/// What can be known of a zip archive before its members are read one by one: the names of the first
/// few thousand, and the short texts that say how the others are to be read.
struct ArchiveOutline {
  var names: [String] = []
  /// By lower-case name.
  var texts: [String: [UInt8]] = [:]

  static let wanted: Set<String> = ["xl/workbook.xml", "xl/_rels/workbook.xml.rels"]
  /// Bytes of such a text that are looked at.
  static let room = 256 << 10
}
