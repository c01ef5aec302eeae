/// Extended private keys (BIP-32, SLIP-132): Base58Check, 78 bytes, a version of a private key.
enum ExtendedKey {
  static let validator = Validator("xprv") { bytes, _ in
    guard let payload = Base58.checked(bytes), payload.count == 78 else { return false }
    let version = payload.prefix(4).reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    // The key itself begins with a zero byte.
    return versions.contains(version) && payload[payload.startIndex + 45] == 0
  }

  /// xprv, tprv, yprv, zprv, Yprv, Zprv, uprv, vprv, Uprv, Vprv: SLIP-0132.
  private static let versions: Set<UInt32> = [
    0x0488_ADE4, 0x0435_8394, 0x049D_7878, 0x04B2_430C, 0x0295_B005, 0x02AA_7A99, 0x044A_4E28,
    0x045F_18BC, 0x0242_85B5, 0x0257_5048,
  ]
}
