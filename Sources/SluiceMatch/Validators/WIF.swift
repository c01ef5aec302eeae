/// Private keys in wallet import format: Base58Check, version 0x80 or 0xEF, 32 bytes, and 0x01 where
/// the public key is compressed.
enum WIF {
  static let validator = Validator("wif") { bytes, _ in
    guard let payload = Base58.checked(bytes), let version = payload.first,
      version == 0x80 || version == 0xEF
    else { return false }
    return payload.count == 33 || (payload.count == 34 && payload.last == 1)
  }
}
