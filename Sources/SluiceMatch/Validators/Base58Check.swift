/// Bitcoin addresses and everything else in Base58Check: the first four bytes of a double SHA-256.
enum Base58Check {
  static let validator = Validator("base58check") { bytes, _ in
    // One version byte and at least a 160-bit hash: shorter ones are right by chance too often.
    (Base58.checked(bytes)?.count ?? 0) >= 21
  }
}
