import Glibc
import SluiceCore
import SluiceTestSupport
import Testing

@testable import SluiceRules

/// Mistakes that no text file can show: kinds of files, sizes, signatures, versions.
@Suite struct FileGoldenTests {
  struct Scenario: Sendable, CustomTestStringConvertible {
    var name: String
    /// Changes a valid pack in `sample/`, or how it is read.
    var change: @Sendable (TemporaryDirectory, inout PackReader.Options) throws -> Void
    var testDescription: String { name }
  }

  static let scenarios: [Scenario] = [
    Scenario(name: "file-missing-path") { directory, _ in
      TemporaryDirectory.remove(directory.path + "/sample")
      TemporaryDirectory.remove(directory.path)
    },
    Scenario(name: "file-empty-directory") { directory, _ in
      TemporaryDirectory.remove(directory.path + "/sample")
    },
    Scenario(name: "file-too-large") { _, options in options.limits.yaml.bytes = 400 },
    Scenario(name: "file-pack-too-large") { _, options in options.limits.packBytes = 900 },
    Scenario(name: "file-links") { directory, _ in
      let sample = directory.path + "/sample"
      symlink("/etc/passwd", sample + "/passwd.yaml")
      symlink("..", sample + "/up")
      symlink(sample, directory.path + "/another")
    },
    Scenario(name: "file-pipe") { directory, _ in mkfifo(directory.path + "/sample/p.yaml", 0o600)
    },
    Scenario(name: "file-names") { directory, _ in
      directory.write("sample/a\\b.yaml", "")
      directory.write("sample/a\nb.yaml", "")
      directory.write("sample/rules.yml", "")
      directory.write("sample/.hidden.yaml", "not: read")
    },
    Scenario(name: "file-bytes") { directory, _ in
      directory.write("sample/a.yaml", [UInt8]("rules: \u{E9}".utf8.dropLast()))
      directory.write("sample/b.yaml", [0xFF, 0xFE, 0x61, 0x00])
      directory.write("sample/c.yaml", "rules: a\u{7}b\n")
      directory.write("sample/d.yaml", "rules:\n  - \u{0}\n")
    },
    Scenario(name: "file-empty-manifest") { directory, _ in
      directory.write("sample/pack.yaml", "# nothing\n")
    },
    Scenario(name: "file-empty-rules") { directory, _ in
      directory.write("sample/cut.yaml", "")
      directory.write("sample/remark.yaml", "# nothing\n")
    },
    Scenario(name: "file-long-line") { directory, _ in
      let long = String(repeating: "x", count: 300)
      directory.write("sample/rules.yaml", "rules: [{id: '\(long)', tilte: '\(long)'}]\n")
    },
    Scenario(name: "file-many-problems") { directory, _ in
      let keys = (0..<300).map { "key\($0): x\n" }.joined()
      directory.write("sample/rules.yaml", "rules: []\n" + keys)
    },
    Scenario(name: "signature-required") { _, options in options.requireSignatures = true },
    Scenario(name: "signature-only-sums") { directory, options in
      _ = try PackSigner.sign(directory.path + "/sample", keyFile: nil)
      options.requireSignatures = true
    },
    Scenario(name: "signature-garbage") { directory, _ in
      _ = try PackSigner.sign(directory.path + "/sample", keyFile: nil)
      directory.write("sample/SHA256SUMS.sig", "-----BEGIN SSH SIGNATURE-----\n")
    },
    Scenario(name: "signature-without-sums") { directory, _ in
      directory.write("sample/SHA256SUMS.sig", "x")
    },
    Scenario(name: "signature-unknown-key") { directory, options in
      let key = directory.write(".keys/key", SampleKey.file)
      _ = try PackSigner.sign(directory.path + "/sample", keyFile: key)
      options.requireSignatures = true
    },
    Scenario(name: "signature-untrusted-warning") { directory, _ in
      let key = directory.write(".keys/key", SampleKey.file)
      _ = try PackSigner.sign(directory.path + "/sample", keyFile: key)
    },
    Scenario(name: "signature-of-another-list") { directory, options in
      let key = directory.write(".keys/key", SampleKey.file)
      _ = try PackSigner.sign(directory.path + "/sample", keyFile: key)
      let sums = try SourceFile.read(directory.path + "/sample/SHA256SUMS", limit: 1 << 16).bytes!
      directory.write("sample/SHA256SUMS", sums + Array("\n".utf8))
      options.trustedKeys = [SampleKey.trusted]
    },
    Scenario(name: "sums-differ") { directory, _ in
      _ = try PackSigner.sign(directory.path + "/sample", keyFile: nil)
      directory.write("sample/rules.yaml", Sample.rules(Sample.rule(more: "score: 1")))
      directory.write("sample/extra.txt", "word\n")
      let sums = try SourceFile.read(directory.path + "/sample/SHA256SUMS", limit: 1 << 16).bytes!
      let zeros = String(repeating: "0", count: 64)
      directory.write(
        "sample/SHA256SUMS",
        sums + Array("\(zeros)  gone.yaml\n\(zeros)  gone.yaml\nnot a line\n".utf8))
    },
    Scenario(name: "version-lower") { _, options in
      options.knownVersions = ["sample": PackVersion("1.0.1")!]
    },
  ]

  @Test("What is wrong with files, signatures and versions is told", arguments: scenarios)
  func scenario(_ scenario: Scenario) throws {
    let directory = TemporaryDirectory()
    directory.write("sample/pack.yaml", Sample.manifest())
    directory.write("sample/rules.yaml", Sample.rules(Sample.rule()))
    var options = Sample.options()
    try scenario.change(directory, &options)
    let reading = Sample.read(directory, options)
    #expect(!reading.diagnostics.isEmpty)
    Golden.check(reading.diagnostics, scenario.name, without: directory.path)
  }
}
