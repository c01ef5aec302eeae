import Crypto
import SluiceCore

@testable import SluiceRules

/// A key pair for tests only, always the same.
enum SampleKey {
  private static let secret = (1...32).map { UInt8($0) }
  private static let point = Array(
    try! Curve25519.Signing.PrivateKey(rawRepresentation: secret).publicKey.rawRepresentation)

  static let blob: [UInt8] = {
    var writer = SSHWriter()
    writer.append(SSHPublicKey.ed25519Name)
    writer.append(point)
    return writer.bytes
  }()

  /// As `ssh-keygen` writes it without a passphrase.
  static let file: String = {
    var inner = SSHWriter()
    inner.append(7)
    inner.append(7)
    inner.append(SSHPublicKey.ed25519Name)
    inner.append(point)
    inner.append(secret + point)
    inner.append("packs@example.org")
    let padding = (8 - inner.bytes.count % 8) % 8
    inner.append(raw: (0..<padding).map { UInt8($0 + 1) })
    var writer = SSHWriter()
    writer.append(raw: Array("openssh-key-v1\0".utf8))
    for text in ["none", "none", ""] { writer.append(text) }
    writer.append(1)
    writer.append(blob)
    writer.append(inner.bytes)
    return Armor.encode(writer.bytes, SigningKey.label)
  }()

  static let publicKey = "ssh-ed25519 \(Base64.encode(blob)) packs@example.org"

  static let trusted = try! TrustedKey(line: publicKey[...])
}
