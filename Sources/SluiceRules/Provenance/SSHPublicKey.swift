import Crypto
import SluiceCore

/// A public key in SSH wire format (RFC 8709, RFC 5656) that can check a signature.
enum SSHPublicKey {
  case ed25519(Curve25519.Signing.PublicKey)
  case p256(P256.Signing.PublicKey)

  static let ed25519Name = "ssh-ed25519"
  static let p256Name = "ecdsa-sha2-nistp256"

  /// - Returns: nil for another kind of key, or one that is malformed.
  init?(blob: [UInt8]) {
    var reader = SSHReader(blob)
    guard let kind = reader.text() else { return nil }
    switch kind {
    case Self.ed25519Name:
      guard let raw = reader.string(), raw.count == 32, reader.isAtEnd,
        let key = try? Curve25519.Signing.PublicKey(rawRepresentation: raw)
      else { return nil }
      self = .ed25519(key)
    case Self.p256Name:
      guard reader.text() == "nistp256", let point = reader.string(), reader.isAtEnd,
        let key = try? P256.Signing.PublicKey(x963Representation: point)
      else { return nil }
      self = .p256(key)
    default: return nil
    }
  }

  /// Whether `signature` (in SSH wire format, its kind before it) is this key's of `message`.
  func verifies(_ signature: [UInt8], of message: [UInt8]) -> Bool {
    var reader = SSHReader(signature)
    guard let kind = reader.text(), let body = reader.string(), reader.isAtEnd else { return false }
    switch self {
    case .ed25519(let key):
      return kind == Self.ed25519Name && body.count == 64
        && key.isValidSignature(body, for: message)
    case .p256(let key):
      var numbers = SSHReader(body)
      guard kind == Self.p256Name, let r = numbers.string().flatMap(Self.fixed),
        let s = numbers.string().flatMap(Self.fixed), numbers.isAtEnd,
        let signature = try? P256.Signing.ECDSASignature(rawRepresentation: r + s)
      else { return false }
      return key.isValidSignature(signature, for: message)
    }
  }

  /// `SHA256:…` as ssh-keygen shows it.
  static func fingerprint(_ blob: [UInt8]) -> String {
    let text = Base64.encode(Array(SHA256.hash(data: blob)))
    return "SHA256:" + text.prefix { $0 != "=" }
  }

  /// A number of any length as 32 bytes.
  private static func fixed(_ number: [UInt8]) -> [UInt8]? {
    let digits = number.drop { $0 == 0 }
    guard digits.count <= 32 else { return nil }
    return [UInt8](repeating: 0, count: 32 - digits.count) + digits
  }
}
