import SluiceCore
import SluiceTestSupport
import Testing

@testable import SluiceRules

/// `NAME.yaml` is a rule file of a small valid pack; `NAME.pack.yaml` its manifest,
/// `NAME.overrides.yaml` a site's overrides of it, `NAME.policies.yaml` the policies of a config, and
/// a directory a whole set.
@Suite struct GoldenTests {
  @Test("Every mistake is told as its golden file has it", arguments: Golden.cases)
  func golden(_ name: String) throws {
    let directory = TemporaryDirectory()
    var manifest = Sample.manifest()
    var rules = Sample.rules(Sample.rule())
    let text = Golden.text(name + ".yaml")
    switch name.split(separator: ".").last {
    case "policies":
      Golden.check(try policies(try #require(text)), name, without: directory.path)
      return
    case "pack": manifest = try #require(text)
    case "overrides": directory.write("overrides.yaml", try #require(text))
    default:
      guard let text else {
        try Self.copy(Golden.folder + "/" + name, to: directory)
        Golden.check(Sample.read(directory).diagnostics, name, without: directory.path)
        return
      }
      rules = text
    }
    directory.write("sample/pack.yaml", manifest)
    directory.write("sample/rules.yaml", rules)
    Golden.check(Sample.read(directory).diagnostics, name, without: directory.path)
  }

  private func policies(_ text: String) throws -> [Diagnostic] {
    let bag = DiagnosticBag()
    let directory = TemporaryDirectory()
    directory.write("sample/pack.yaml", Sample.manifest())
    directory.write(
      "sample/rules.yaml", Sample.rules(Sample.rule(more: "profiles: [strict-pii]")))
    let value = try #require(
      YAMLReader.read(SourceText(path: "sluice.yaml", text: text), into: bag)?["policies"])
    _ = PolicyReader.read(value, into: bag)
    PolicyReader.check(value, against: Sample.read(directory).ruleSet, into: bag)
    return bag.sorted
  }

  private static func copy(_ path: String, to directory: TemporaryDirectory, prefix: String = "")
    throws
  {
    let folder = try Directory(path, follow: false)
    for name in try folder.names().names {
      if try FileIdentity(directory: folder.descriptor, name: name).isDirectory {
        try copy(path + "/" + name, to: directory, prefix: prefix + name + "/")
      } else {
        let bytes = try SourceFile.read(path + "/" + name, limit: 1 << 20).bytes
        directory.write(prefix + name, try #require(bytes))
      }
    }
  }

  /// Needs a writer at the same time: `SwapTests` shows it.
  static let withoutGolden: Set<DiagnosticCode> = [.changedWhileReading]

  @Test("Every code has a golden file that shows it")
  func everyCode() {
    let all = Golden.outputs.compactMap(Golden.text).joined()
    let missing = DiagnosticCode.allCases.filter {
      !all.contains("[\($0.rawValue)]") && !Self.withoutGolden.contains($0)
    }
    #expect(missing.map(\.rawValue) == [])
  }

  @Test("No golden file is left without its input")
  func noOrphans() {
    let inputs = Set(Golden.cases + FileGoldenTests.scenarios.map(\.name))
    #expect(Golden.outputs.filter { !inputs.contains(String($0.dropLast(4))) } == [])
  }

  @Test("Every code says in one line what it means")
  func meanings() {
    for code in DiagnosticCode.allCases {
      #expect(code.meaning.hasSuffix(".") && code.meaning.count < 100)
    }
    #expect(Set(DiagnosticCode.allCases.map(\.meaning)).count == DiagnosticCode.allCases.count)
  }
}
