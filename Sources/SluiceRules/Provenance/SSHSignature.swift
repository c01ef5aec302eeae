import Crypto
import SluiceCore

/// A signature as `ssh-keygen -Y sign` writes it (OpenSSH's PROTOCOL.sshsig).
struct SSHSignature {
  static let label = "SSH SIGNATURE"
  static let magic = Array("SSHSIG".utf8)
  /// The namespace that packs are signed in.
  static let namespace = "sluice-pack"

  var publicKey: [UInt8]
  var namespace: String
  var hash: String
  var signature: [UInt8]

  /// - Returns: nil if `bytes` is no armored signature of version 1.
  init?(armored bytes: [UInt8]) {
    guard let blob = Armor.decode(bytes, Self.label) else { return nil }
    var reader = SSHReader(blob)
    guard reader.skip(Self.magic), reader.number() == 1, let publicKey = reader.string(),
      let namespace = reader.text(), reader.string() != nil, let hash = reader.text(),
      let signature = reader.string(), reader.isAtEnd
    else { return nil }
    self.publicKey = publicKey
    self.namespace = namespace
    self.hash = hash
    self.signature = signature
  }

  init(publicKey: [UInt8], namespace: String, hash: String, signature: [UInt8]) {
    self.publicKey = publicKey
    self.namespace = namespace
    self.hash = hash
    self.signature = signature
  }

  var armored: String {
    var writer = SSHWriter()
    writer.append(raw: Self.magic)
    writer.append(1)
    writer.append(publicKey)
    writer.append(namespace)
    writer.append("")
    writer.append(hash)
    writer.append(signature)
    return Armor.encode(writer.bytes, Self.label)
  }

  /// What is really signed of a message; nil for an unknown hash.
  static func payload(of message: [UInt8], namespace: String, hash: String) -> [UInt8]? {
    let digest: [UInt8]
    switch hash {
    case "sha512": digest = Array(SHA512.hash(data: message))
    case "sha256": digest = Array(SHA256.hash(data: message))
    default: return nil
    }
    var writer = SSHWriter()
    writer.append(raw: magic)
    writer.append(namespace)
    writer.append("")
    writer.append(hash)
    writer.append(digest)
    return writer.bytes
  }

  /// Whether the key that it names made it, of this message, in its namespace.
  func verifies(_ message: [UInt8]) -> Bool {
    guard let key = SSHPublicKey(blob: publicKey),
      let payload = Self.payload(of: message, namespace: namespace, hash: hash)
    else { return false }
    return key.verifies(signature, of: payload)
  }
}
