import SluiceCore

/// What was dropped, by somebody who kept count: a JSON object a line with `name` and `sha256`; two
/// lines with one digest are two files.
package struct DroppedList: Sendable, Hashable {
  package private(set) var counts: [Digest: Int] = [:]
  package private(set) var total = 0

  /// - Throws: `malformed` with the line.
  package init(_ bytes: [UInt8]) throws(ActionError) {
    for (index, line) in bytes.split(separator: 10, omittingEmptySubsequences: false).enumerated() {
      if line.allSatisfy({ $0 == 32 || $0 == 9 || $0 == 13 }) { continue }
      guard let json = try? JSON(parsing: Array(line)),
        let sha256 = json["sha256"]?.text.flatMap(Digest.init(hex:))
      else {
        throw ActionError(
          .malformed, "line \(index + 1) of the list is no object with a 'sha256' of 64 digits")
      }
      counts[sha256, default: 0] += 1
      total += 1
    }
  }
}
