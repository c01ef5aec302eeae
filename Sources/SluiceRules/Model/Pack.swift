import SluiceCore

/// A directory of rules for one harm.
package struct Pack: Sendable {
  /// Also the harm that its rules score for.
  package var id: String
  package var version: PackVersion
  package var title: String
  package var covers: [String]
  package var doesNotCover: [String]
  package var licence: String
  package var languages: [String]
  package var references: [String]
  /// Tags into public taxonomies, for all rules of the pack.
  package var tags: [String]
  /// The highest verdict that this harm can reach; nil for no cap.
  package var cap: Verdict?
  package var exceptions: [Exception]
  package var rules: [Rule]
  /// Texts that no enforced rule of any pack may act on.
  package var protected: [TracedText]
  /// Who signed it, when a known key did.
  package var signer: String?
  /// The directory it was read from.
  package var directory: String
  /// The digest of its files: each `path`, NUL, SHA-256, in order of path.
  package var digest: Digest
  package var span: SourceSpan

  package init(
    id: String, version: PackVersion, title: String, covers: [String], doesNotCover: [String],
    licence: String, languages: [String], references: [String], cap: Verdict?,
    exceptions: [Exception], rules: [Rule], protected: [TracedText], signer: String?,
    directory: String, digest: Digest, span: SourceSpan, tags: [String] = []
  ) {
    self.id = id
    self.version = version
    self.title = title
    self.covers = covers
    self.doesNotCover = doesNotCover
    self.licence = licence
    self.languages = languages
    self.references = references
    self.cap = cap
    self.exceptions = exceptions
    self.rules = rules
    self.protected = protected
    self.signer = signer
    self.directory = directory
    self.digest = digest
    self.span = span
    self.tags = tags
  }
}
