/// What signing a pack wrote.
package struct SigningResult: Sendable, Hashable {
  /// Files that are listed.
  package var files: Int
  /// The fingerprint of the key that signed, as ssh-keygen shows it; nil without a key.
  package var signer: String?
}
