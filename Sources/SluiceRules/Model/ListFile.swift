import SluiceCore

/// A list that a pattern reads from a file, in the pack or owned by the site.
package struct ListFile: Sendable {
  /// The path to open; `/dev/null` for a site's list that is not there, which is empty.
  package var path: String
  /// The digest of its content when the pack was read.
  package var digest: Digest
  package var span: SourceSpan

  package init(path: String, digest: Digest, span: SourceSpan) {
    self.path = path
    self.digest = digest
    self.span = span
  }
}
