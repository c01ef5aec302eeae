/// Names of segments as records show them: `offer.eml > part 2: list.zip > wallets.txt`.
package enum SegmentPath {
  /// The path of what lies in `path`; the name alone in an item itself, whose path is empty here.
  package static func below(_ path: String, _ name: String) -> String {
    path.isEmpty ? name : path + " > " + name
  }
}
