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
    directory: String, digest: Digest, span: SourceSpan
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
  }
}

/// `1.4.0`: three numbers, compared in order. Versions of a pack only go up.
package struct PackVersion: Sendable, Hashable, Comparable, CustomStringConvertible {
  package let parts: [Int]

  package init?(_ text: some StringProtocol) {
    let fields = text.split(separator: ".", omittingEmptySubsequences: false)
    guard fields.count == 3 else { return nil }
    var parts: [Int] = []
    for field in fields {
      guard (1...9).contains(field.utf8.count), field.utf8.allSatisfy({ (48...57).contains($0) }),
        let number = Int(field)
      else { return nil }
      parts.append(number)
    }
    self.parts = parts
  }

  package var description: String { parts.map(String.init).joined(separator: ".") }

  package static func < (left: PackVersion, right: PackVersion) -> Bool {
    left.parts.lexicographicallyPrecedes(right.parts)
  }
}

/// A wording that lowers a finding by one step when it stands in the same sentence or quotation.
package struct Exception: Sendable {
  package var id: String
  package var why: String
  package var patterns: [Pattern]

  package init(id: String, why: String, patterns: [Pattern]) {
    self.id = id
    self.why = why
    self.patterns = patterns
  }
}
