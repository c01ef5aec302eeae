import Crypto
import SluiceCore

/// A public key as C2SP signed-note writes it: `<name>+<hint>+<base64 of type and key>`.
package struct LogVerifierKey: Sendable, Hashable, CustomStringConvertible {
  package let name: String
  /// The Ed25519 public key, 32 bytes.
  package let publicKey: [UInt8]

  /// - Returns: nil for a name that is empty or holds a space or a plus, or a key of wrong length.
  package init?(name: String, publicKey: [UInt8]) {
    guard Self.isAllowed(name: name), publicKey.count == 32 else { return nil }
    self.name = name
    self.publicKey = publicKey
  }

  /// Reads a vkey; surrounding white space is left out.
  /// - Returns: nil if it is none, of another type than Ed25519, or its hint is not its key's.
  package init?(_ text: some StringProtocol) {
    let words = text.split(whereSeparator: \.isWhitespace)
    guard words.count == 1 else { return nil }
    let parts = words[0].split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, let bytes = Base64.decode(parts[2]), bytes.count == 33, bytes[0] == 1
    else { return nil }
    self.init(name: String(parts[0]), publicKey: Array(bytes.dropFirst()))
    guard Hex.encode(hint) == parts[1] else { return nil }
  }

  /// The first four bytes of the SHA-256 over name, newline, type and key.
  package var hint: [UInt8] {
    Array(SHA256.hash(data: Array(name.utf8) + [0x0A, 1] + publicKey).prefix(4))
  }

  package var description: String {
    "\(name)+\(Hex.encode(hint))+\(Base64.encode([1] + publicKey))"
  }

  package func isValid(signature: [UInt8], of message: [UInt8]) -> Bool {
    guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: publicKey) else {
      return false
    }
    return key.isValidSignature(signature, for: message)
  }

  static func isAllowed(name: String) -> Bool {
    !name.isEmpty
      && !name.unicodeScalars.contains {
        $0.properties.isWhitespace || $0 == "+" || Display.needsEscape($0)
      }
  }
}
