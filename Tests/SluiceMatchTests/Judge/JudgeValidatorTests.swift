import Crypto
import SluiceCore
import Testing

@testable import SluiceMatch

/// Published vectors; where each comes from stands beside it.
@Suite struct JudgeValidatorTests {
  private func accepts(_ name: String, _ text: String, _ argument: Double = 0) throws -> Bool {
    let validator = try #require(ValidatorRegistry.named(name))
    return Array(text.utf8).withUnsafeBytes { validator.accepts($0, argument) }
  }

  @Test(
    "Right values are accepted",
    arguments: [
      // Payment brands' test numbers, as their processors publish them.
      ("luhn", "4111 1111 1111 1111"), ("luhn", "378282246310005"), ("card", "4111-1111-1111-1111"),
      ("card", "378282246310005"), ("card", "5555555555554444"), ("card", "6011111111111117"),
      ("card", "3530111333300000"), ("card", "30569309025904"), ("card", "2223003122003222"),
      // SWIFT IBAN Registry.
      ("iban", "GB82 WEST 1234 5698 7654 32"), ("iban", "DE89370400440532013000"),
      ("iban", "NO9386011117947"), ("iban", "MT84MALT011000012345MTLCAST001S"),
      // Bitcoin's genesis block, and P2SH of BIP-16's first use.
      ("base58check", "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"),
      ("base58check", "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy"),
      // Bitcoin wiki, "Wallet import format".
      ("wif", "5HueCGU8rMjxEXxiPuD5BDku4MkFqeZyd4dZ1jvhTVqvbTLvyTJ"),
      ("wif", "KwdMAjGmerYanjeui5SHS7JkmpZvVipYvB2LJGU1ZxJwYvP98617"),
      // BIP-32, test vector 1.
      (
        "xprv",
        "xprv9s21ZrQH143K3QTDL4LXw2F7HEK3wJUD2nW2nRk4stbPy6cq3jPPqjiChkVvvNKmPGJxWUtg6LnF5kejMRNNU3TGtRBeJgk33yuGBxrMPHi"
      ),
      // BIP-173 and BIP-350.
      ("bech32", "A12UEL5L"), ("bech32", "abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw"),
      ("bech32", "split1checkupstagehandshakeupstreamerranterredcaperred2y9e3w"),
      ("bech32", "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4"), ("bech32", "A1LQFN3A"),
      ("bech32", "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0"),
      ("bech32", "tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sl5k7"),
      // EIP-55.
      ("eip55", "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"),
      ("eip55", "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359"),
      ("eip55", "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB"),
      ("eip55", "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb"),
      // BIP-39, test vectors of its reference implementation.
      (
        "bip39",
        "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about"
      ),
      ("bip39", "legal winner thank year wave sausage worth useful legal winner thank yellow"),
      (
        "bip39",
        "1. letter 2. advice 3. cage 4. absurd 5. amount 6. doctor 7. acoustic 8. avoid 9. letter 10. advice 11. cage 12. above"
      ),
      (
        "bip39",
        "zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo when and then more words"
      ),
      // Electrum, tests/test_mnemonic.py.
      (
        "electrum",
        "wild father tree among universe such mobile favorite target dynamic credit identify"
      ),
      // Monero's donation address.
      (
        "monero",
        "44AFFq5kSiGBoZ4NMDwYtN18obc8AemS33DBLWs3H7otXft3XjrpDtQGv7SqSsaBYBb98uNbr2VBBEt7f2wfn3RVGQBEP3A"
      ),
      // Federal Reserve Bank of New York; the example of the ABA's rule.
      ("aba", "021000089"), ("aba", "111000025"), ("ssn", "536-90-4399"),
      // NHS Data Dictionary.
      ("nhs", "943 476 5919"),
      // A revoked token, published in discussions of the format.
      ("github-crc32", "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"),
      // RFC 7519, section 3.1.
      (
        "jwt",
        "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
      ),
      // RFC 9562, appendix A.
      ("uuid", "C232AB00-9414-11EC-B3C8-9F6BDECED846"),
      ("uuid", "919108f7-52d1-4320-9bac-f847db4148a8"),
      // The Tor service of DuckDuckGo.
      ("onion", "duckduckgogg42xjoc72x3sjasowoarfbgcmvfimaftt6twagswzczad.onion"),
      // Web3 Secret Storage Definition, shortened.
      (
        "keystore",
        #"{"crypto":{"cipher":"aes-128-ctr","ciphertext":"5318","kdf":"scrypt","mac":"1032"},"version":3}"#
      ),
    ])
  func right(name: String, text: String) throws {
    #expect(try accepts(name, text))
  }

  @Test(
    "Values with one thing wrong are not",
    arguments: [
      ("luhn", "4111 1111 1111 1112"), ("luhn", "0000000000000000"), ("luhn", "411111111111111a"),
      ("card", "79927398713"), ("card", "4111111111111"), ("card", "9111111111111111"),
      ("iban", "GB82 WEST 1234 5698 7654 33"), ("iban", "GB82WEST123456987654321"),
      ("iban", "ZZ82WEST12345698765432"),
      ("base58check", "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb"), ("base58check", "1A1zP1eP5QGefi0"),
      ("wif", "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"),
      ("wif", "5HueCGU8rMjxEXxiPuD5BDku4MkFqeZyd4dZ1jvhTVqvbTLvyTK"),
      (
        "xprv",
        "xpub661MyMwAqRbcFtXgS5sYJABqqG9YLmC4Q1Rdap9gSE8NqtwybGhePY2gZ29ESFjqJoCu1Rupje8YtGqsefD265TMg7usUDFdp6W1EGMcet8"
      ),
      // BIP-173 and BIP-350, invalid.
      ("bech32", "A1G7SGD8"), ("bech32", "BC13W508D6QEJXTDG4Y5R3ZARVARY0C5XW7KN40WF2"),
      ("bech32", "bc1rw5uspcuh"),
      ("bech32", "tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sL5k7"),
      ("bech32", "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd"),
      ("eip55", "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD"),
      ("eip55", "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed"),
      (
        "bip39",
        "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon"
      ),
      ("bip39", "legal winner thank year wave sausage worth useful legal winner thank"),
      ("bip39", "these are just some words of a longer text that nobody would ever call a phrase"),
      (
        "electrum",
        "father wild tree among universe such mobile favorite target dynamic credit identify"
      ),
      (
        "monero",
        "44AFFq5kSiGBoZ4NMDwYtN18obc8AemS33DBLWs3H7otXft3XjrpDtQGv7SqSsaBYBb98uNbr2VBBEt7f2wfn3RVGQBEP3B"
      ),
      ("aba", "021000088"), ("aba", "991000089"), ("ssn", "666-12-3456"), ("ssn", "078-05-1120"),
      ("ssn", "900-12-3456"), ("nhs", "943 476 5918"),
      ("github-crc32", "ghp_zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ0mLq18"),
      ("jwt", "eyJmb28iOiJiYXIifQ.eyJmb28iOiJiYXIifQ.c2lnbmF0dXJlc2lnbmF0dXJl"),
      ("jwt", "aaaa.bbbb.cccc"), ("uuid", "C232AB00-9414-01EC-B3C8-9F6BDECED846"),
      ("uuid", "C232AB00-9414-11EC-73C8-9F6BDECED846"),
      ("uuid", "C232AB00-9414-11EC-B3C8_9F6BDECED846"),
      ("onion", "duckduckgogg42xjoc72x3sjasowoarfbgcmvfimaftt6twagswzczae.onion"),
      ("keystore", #"{"version":3}"#), ("keystore", "not json"),
    ])
  func wrong(name: String, text: String) throws {
    #expect(try !accepts(name, text))
  }

  @Test("Entropy is Shannon's, in bits a character")
  func entropy() throws {
    #expect(try accepts("entropy", "abcdefgh", 3))
    #expect(try !accepts("entropy", "abcdefgh", 3.01))
    #expect(try !accepts("entropy", "aaaaaaaa", 0.5))
    #expect(try !accepts("entropy", "", 0.5))
  }

  @Test("A hexadecimal key has its length and more than a few digits")
  func hexKey() throws {
    let key = "00112233445566778899aabbccddeeff"
    #expect(try accepts("hex-key", key, 16))
    #expect(try accepts("hex-key", "0x" + key, 16))
    #expect(try !accepts("hex-key", key, 32))
    #expect(try !accepts("hex-key", String(repeating: "0", count: 32), 16))
  }

  @Test("Keccak-256 and SHA3-256 give the published hashes, across a block border")
  func keccak() {
    #expect(
      Hex.encode(Keccak.keccak256([]))
        == "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470")
    #expect(
      Hex.encode(Keccak.sha3([]))
        == "a7ffc6f8bf1ed76651c14756a061d662f580ff4de43b49fa82d80a4b80f8434a")
    // FIPS 202 example: 1,600 bits of 0xA3.
    #expect(
      Hex.encode(Keccak.sha3([UInt8](repeating: 0xA3, count: 200)))
        == "79f38adec5c20307a98ef76e8324afbfd46cfd81b22e3973c65fa1bd9de31787")
    #expect(GitHubToken.crc32(Array("123456789".utf8)) == 0xCBF4_3926)
  }

  @Test("The words of BIP-39 are those of the standard")
  func words() {
    #expect(BIP39Words.all.count == 2048)
    let file = BIP39Words.all.map { $0 + "\n" }.joined()
    #expect(Hex.encode(SHA256.hash(data: Array(file.utf8))) == BIP39Words.digest)
    #expect(BIP39Words.all == BIP39Words.all.sorted())
  }

  @Test("Every validator in its folder is in the registry, once")
  func registry() throws {
    let folder =
      "/" + #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
      + "/Sources/SluiceMatch/Validators"
    let written = try SourceFolder(folder).files.filter { $0.text.contains("= Validator(") }
    let listed = try #require(
      try SourceFolder(folder).files.first { $0.name == "ValidatorRegistry.swift" })
    for file in written {
      let type = file.name.dropLast(".swift".count)
      #expect(listed.text.contains("    \(type).validator,"), "\(type) is not in the registry")
    }
    #expect(written.count == ValidatorRegistry.all.count)
    #expect(Set(ValidatorRegistry.names).count == ValidatorRegistry.all.count)
  }
}
