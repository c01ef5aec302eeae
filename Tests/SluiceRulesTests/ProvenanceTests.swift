import Glibc
import SluiceCore
import SluiceTestSupport
import Testing

@testable import SluiceRules

@Suite struct ProvenanceTests {
  private func pack() -> TemporaryDirectory {
    let directory = TemporaryDirectory()
    directory.write("sample/pack.yaml", Sample.manifest())
    directory.write("sample/rules.yaml", Sample.rules(Sample.rule()))
    directory.write("sample/lists/words.txt", "one\ntwo\n")
    return directory
  }

  @Test("What Sluice signs, sha256sum and ssh-keygen confirm; what ssh-keygen signs, Sluice does")
  func realTools() throws {
    let directory = pack()
    let path = directory.path
    #expect(
      Shell.run("ssh-keygen -q -t ed25519 -N '' -C packs@example.org -f \(path)/key") == 0)
    let outcome = try PackSigner.sign(path + "/sample", keyFile: path + "/key")
    #expect(outcome.files == 3)
    #expect(Shell.run("cd \(path)/sample && sha256sum -c --strict SHA256SUMS") == 0)
    #expect(
      Shell.run("ssh-keygen -l -f \(path)/key.pub | grep -qF '\(outcome.signer ?? "none")'") == 0)
    let signers = directory.write("signers", "")
    #expect(
      Shell.run(
        "printf 'ops namespaces=\"sluice-pack\" ' > \(signers); cat \(path)/key.pub >> \(signers)")
        == 0)
    let verify =
      "ssh-keygen -Y verify -f \(signers) -I ops -n sluice-pack -s SHA256SUMS.sig < SHA256SUMS"
    #expect(Shell.run("cd \(path)/sample && \(verify)") == 0)

    var options = Sample.options()
    options.requireSignatures = true
    let bag = DiagnosticBag()
    options.trustedKeys = TrustedKey.read(signers, into: bag)
    #expect(bag.sorted.isEmpty)
    #expect(Self.read(directory, options).ruleSet.packs.first?.signer == "ops")

    for kind in ["ed25519", "ecdsa -b 256"] {
      #expect(
        Shell.run(
          """
          cd \(path) && rm -f other other.pub sample/SHA256SUMS.sig &&
          ssh-keygen -q -t \(kind) -N '' -C other@example.org -f other &&
          ssh-keygen -q -Y sign -f other -n sluice-pack sample/SHA256SUMS &&
          mkdir -p keys && cp other.pub keys/
          """) == 0)
      options.trustedKeys = TrustedKey.read(path + "/keys", into: bag)
      let reading = Self.read(directory, options)
      #expect(reading.rendered == [])
      #expect(reading.ruleSet.packs.first?.signer == "other@example.org")
    }
    #expect(
      Shell.run(
        "cd \(path) && rm sample/SHA256SUMS.sig && "
          + "ssh-keygen -q -Y sign -f other -n file sample/SHA256SUMS") == 0)
    #expect(Self.read(directory, options).codes == ["bad-signature"])
  }

  @Test("A key with a passphrase, of another kind, or that is none is refused with its reason")
  func keys() throws {
    let directory = pack()
    let path = directory.path
    #expect(
      Shell.run(
        """
        cd \(path) && ssh-keygen -q -t ed25519 -N secret -f locked &&
        ssh-keygen -q -t ecdsa -b 256 -N '' -f ecdsa && echo x > text
        """) == 0)
    for (name, code) in [
      ("locked", SigningError.Code.encryptedKey), ("ecdsa", .unsupportedKey), ("text", .notAKey),
      ("none", .unreadable),
    ] {
      let error = #expect(throws: SigningError.self) {
        try PackSigner.sign(path + "/sample", keyFile: path + "/" + name)
      }
      #expect(error?.code == code)
    }
    #expect(Shell.run("test ! -e \(path)/sample/SHA256SUMS") == 0)
  }

  @Test("Any changed byte of a signed pack, its sums or its signature is an error")
  func everyByte() throws {
    let directory = pack()
    let key = directory.write(".key", SampleKey.file)
    _ = try PackSigner.sign(directory.path + "/sample", keyFile: key)
    var options = Sample.options()
    options.requireSignatures = true
    options.trustedKeys = [SampleKey.trusted]
    #expect(Self.read(directory, options).rendered == [])
    for name in ["pack.yaml", "rules.yaml", "lists/words.txt", "SHA256SUMS", "SHA256SUMS.sig"] {
      let bytes = try #require(
        try SourceFile.read(directory.path + "/sample/" + name, limit: 1 << 20).bytes)
      for index in stride(from: 0, to: bytes.count, by: max(1, bytes.count / 12)) {
        var changed = bytes
        changed[index] ^= 1
        directory.write("sample/" + name, changed)
        #expect(Self.read(directory, options).hasErrors, "\(name) byte \(index)")
      }
      directory.write("sample/" + name, bytes)
    }
    #expect(Self.read(directory, options).rendered == [])
  }

  @Test("A key counts only in its namespaces and its time")
  func limits() throws {
    let line =
      "ops namespaces=\"git,sluice-pack\",valid-after=\"20260101\",valid-before=\"20270101Z\" "
    let key = try TrustedKey(line: (line + SampleKey.publicKey)[...])
    #expect(key.counts(at: Timestamp("2026-06-01T00:00:00Z")!))
    #expect(!key.counts(at: Timestamp("2025-12-31T23:59:59Z")!))
    #expect(!key.counts(at: Timestamp("2027-01-01T00:00:00Z")!))
    let git = try TrustedKey(line: "ops namespaces=\"git\" \(SampleKey.publicKey)")
    #expect(!git.counts(at: Sample.now))
    #expect(throws: SigningError.self) {
      try TrustedKey(line: "ops cert-authority \(SampleKey.publicKey)")
    }
    #expect(throws: SigningError.self) { try TrustedKey(line: "ssh-rsa AAAA x") }
  }

  @Test("A lower version is an error unless it is allowed, and an equal one never is")
  func versions() {
    let directory = pack()
    var options = Sample.options()
    options.knownVersions = ["sample": PackVersion("1.0.0")!]
    #expect(Self.read(directory, options).codes == [])
    options.knownVersions = ["sample": PackVersion("1.1.0")!]
    #expect(Self.read(directory, options).codes == ["version-lower"])
    options.allowDowngrade = true
    #expect(Self.read(directory, options).codes == [])
  }

  private static func read(_ directory: TemporaryDirectory, _ options: PackReader.Options)
    -> Reading
  {
    PackReader.read([directory.path + "/sample"], options: options)
  }
}

/// Runs the real tools.
enum Shell {
  static func run(_ command: String) -> Int32 {
    let status = system("{ \(command) ; } > /dev/null 2>&1")
    return status == -1 ? -1 : (status >> 8) & 0xFF
  }
}
