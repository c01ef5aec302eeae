import SluiceCore

/// Encrypted key files of Ethereum wallets: the shape of the Web3 Secret Storage Definition,
/// version 3 (and 1, which writes `Crypto`).
enum Keystore {
  static let validator = Validator("keystore") { bytes, _ in
    guard let file = JSON(match: bytes), let crypto = file["crypto"] ?? file["Crypto"] else {
      return false
    }
    return ["cipher", "ciphertext", "kdf", "mac"].allSatisfy { crypto[$0] != nil }
  }
}
