/// All validators. A new one is a file here and a line in `all`; a test compares the two.
enum ValidatorRegistry {
  static let all: [Validator] = [
    BIP39.validator,
    Base58Check.validator,
    Bech32.validator,
    Card.validator,
    EIP55.validator,
    Electrum.validator,
    Entropy.validator,
    ExtendedKey.validator,
    GitHubToken.validator,
    HealthServiceNumber.validator,
    HexKey.validator,
    IBAN.validator,
    Keystore.validator,
    Luhn.validator,
    MachineReadableZone.validator,
    Monero.validator,
    NationalNumber.validator,
    Onion.validator,
    RoutingNumber.validator,
    SocialSecurityNumber.validator,
    UUIDShape.validator,
    WIF.validator,
    WebToken.validator,
  ]

  static func named(_ name: String) -> Validator? { byName[name] }

  static var names: [String] { all.map(\.name).sorted() }

  private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })
}
