import SluiceCore

/// A public key whose signature on a pack counts.
package struct TrustedKey: Sendable, Hashable {
  /// Who signs with it: a principal of an allowed signers file, or the key's comment.
  package var name: String
  /// The key in SSH wire format.
  package var blob: [UInt8]
  /// Namespaces it may sign in; nil: any.
  package var namespaces: [String]?
  /// When its signatures count; nil: without bound.
  package var validAfter: Timestamp?
  package var validBefore: Timestamp?

  package init(
    name: String, blob: [UInt8], namespaces: [String]? = nil, validAfter: Timestamp? = nil,
    validBefore: Timestamp? = nil
  ) {
    self.name = name
    self.blob = blob
    self.namespaces = namespaces
    self.validAfter = validAfter
    self.validBefore = validBefore
  }
}
