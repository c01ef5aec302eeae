import Crypto
import Glibc
import SluiceCore

/// The log's Ed25519 signing key, kept in `log.key` as Go's note package writes one
/// (`PRIVATE+KEY+<name>+<hint>+<base64 of type and seed>`), with its vkey beside it in `log.pub`.
package struct LogKey: Sendable {
  package let verifier: LogVerifierKey
  private let key: Curve25519.Signing.PrivateKey

  static let fileName = "log.key"
  static let publicFileName = "log.pub"

  /// A new key.
  /// - Precondition: `name` is allowed in a note: not empty, no white space, no plus.
  package init(name: String) {
    self.init(name: name, key: Curve25519.Signing.PrivateKey())!
  }

  private init?(name: String, key: Curve25519.Signing.PrivateKey) {
    guard
      let verifier = LogVerifierKey(name: name, publicKey: Array(key.publicKey.rawRepresentation))
    else { return nil }
    self.verifier = verifier
    self.key = key
  }

  /// Reads what `encoded` gives.
  init?(_ text: some StringProtocol) {
    let words = text.split(whereSeparator: \.isWhitespace)
    guard words.count == 1, words[0].hasPrefix("PRIVATE+KEY+") else { return nil }
    let parts = words[0].dropFirst(12).split(
      separator: "+", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, let bytes = Base64.decode(parts[2]), bytes.count == 33, bytes[0] == 1,
      let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: bytes.dropFirst())
    else { return nil }
    self.init(name: String(parts[0]), key: key)
    guard Hex.encode(verifier.hint) == parts[1] else { return nil }
  }

  var encoded: String {
    let seed = Base64.encode([1] + Array(key.rawRepresentation))
    return "PRIVATE+KEY+\(verifier.name)+\(Hex.encode(verifier.hint))+\(seed)"
  }

  func signature(of message: [UInt8]) -> [UInt8] {
    guard let signature = try? key.signature(for: message) else {
      preconditionFailure("Ed25519 signs any message")
    }
    return Array(signature)
  }
}

extension LogOptions {
  /// `<host name>/sluice`, with what a key's name may not hold left out.
  package static var defaultOrigin: String {
    var buffer = [CChar](repeating: 0, count: 256)
    guard gethostname(&buffer, 255) == 0 else { return "localhost/sluice" }
    let host = buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }.filter {
      ($0 > 32 && $0 < 127) && $0 != UInt8(ascii: "+")
    }
    return (host.isEmpty ? "localhost" : String(decoding: host, as: UTF8.self)) + "/sluice"
  }
}
