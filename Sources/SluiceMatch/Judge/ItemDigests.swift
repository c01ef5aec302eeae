import SluiceCore

/// The digests of an item's bytes. SHA-1 and MD5 are only needed where a list asks for them
/// (`Matcher.digestKinds`).
package struct ItemDigests: Sendable, Hashable {
  package var sha256: Digest
  /// 20 bytes.
  package var sha1: [UInt8]?
  /// 16 bytes.
  package var md5: [UInt8]?

  package init(sha256: Digest, sha1: [UInt8]? = nil, md5: [UInt8]? = nil) {
    self.sha256 = sha256
    self.sha1 = sha1
    self.md5 = md5
  }
}

/// The digests that lists of known material are written in.
package enum DigestKind: String, Sendable, Hashable, CaseIterable {
  case sha256, sha1, md5

  /// Bytes of one digest.
  package var width: Int {
    switch self {
    case .sha256: 32
    case .sha1: 20
    case .md5: 16
    }
  }
}
