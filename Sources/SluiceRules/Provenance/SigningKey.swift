import Crypto
import SluiceCore

/// An Ed25519 private key as `ssh-keygen` writes it, without a passphrase (OpenSSH's PROTOCOL.key).
struct SigningKey {
  static let label = "OPENSSH PRIVATE KEY"

  /// In SSH wire format.
  let publicKey: [UInt8]
  let comment: String
  private let key: Curve25519.Signing.PrivateKey

  /// The path of a key file.
  init(path: String) throws(SigningError) {
    let bytes: [UInt8]
    do throws(FileFault) {
      bytes = try SourceFile.read(path, limit: 1 << 16).bytes ?? []
    } catch {
      throw SigningError(.unreadable, "\(path): \(error.message)")
    }
    try self.init(armored: bytes)
  }

  init(armored bytes: [UInt8]) throws(SigningError) {
    guard let blob = Armor.decode(bytes, Self.label) else {
      throw SigningError(
        .notAKey, "this is no OpenSSH private key; ssh-keygen -t ed25519 makes one")
    }
    var reader = SSHReader(blob)
    guard reader.skip(Array("openssh-key-v1\0".utf8)), let cipher = reader.text(),
      reader.text() != nil, reader.string() != nil, reader.number() == 1,
      let publicKey = reader.string(), let secrets = reader.string()
    else { throw SigningError(.notAKey, "the private key is malformed") }
    guard cipher == "none" else {
      throw SigningError(
        .encryptedKey,
        "the private key has a passphrase; sign SHA256SUMS with ssh-keygen -Y sign -n "
          + "\(SSHSignature.namespace)")
    }
    var inner = SSHReader(secrets)
    guard let first = inner.number(), first == inner.number(), let kind = inner.text() else {
      throw SigningError(.notAKey, "the private key is malformed")
    }
    guard kind == SSHPublicKey.ed25519Name else {
      throw SigningError(.unsupportedKey, "the key is \(kind); only ssh-ed25519 signs here")
    }
    guard let point = inner.string(), let secret = inner.string(), secret.count == 64,
      let comment = inner.text(), Self.isPadding(inner.remaining),
      let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: Array(secret.prefix(32))),
      Array(key.publicKey.rawRepresentation) == point, Self.blob(point) == publicKey
    else { throw SigningError(.notAKey, "the private key is malformed") }
    self.key = key
    self.comment = comment
    self.publicKey = publicKey
  }

  /// Signs a message in a namespace.
  func sign(_ message: [UInt8], namespace: String) throws(SigningError) -> SSHSignature {
    let payload = SSHSignature.payload(of: message, namespace: namespace, hash: "sha512")!
    do {
      let raw = try key.signature(for: payload)
      var writer = SSHWriter()
      writer.append(SSHPublicKey.ed25519Name)
      writer.append(Array(raw))
      return SSHSignature(
        publicKey: publicKey, namespace: namespace, hash: "sha512", signature: writer.bytes)
    } catch {
      throw SigningError(.unsupportedKey, "the key does not sign: \(error)")
    }
  }

  private static func blob(_ point: [UInt8]) -> [UInt8] {
    var writer = SSHWriter()
    writer.append(SSHPublicKey.ed25519Name)
    writer.append(point)
    return writer.bytes
  }

  /// The numbers 1, 2, 3, … up to a block's end.
  private static func isPadding(_ bytes: [UInt8]) -> Bool {
    bytes.count < 8 && bytes.enumerated().allSatisfy { $0.offset + 1 == Int($0.element) }
  }
}
