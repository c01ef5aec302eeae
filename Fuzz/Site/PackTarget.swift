import Crypto
import SluiceCore
import SluiceMatch

@testable import SluiceRules

/// A pack: its rules, its manifest and the site's overrides, apart by a byte that no text has (0xFF),
/// or rules grown from the grammar (first byte odd). What is accepted is compiled and its embedded
/// tests are run.
struct PackTarget: FuzzTarget {
  private let options = PackReader.Options(now: Timestamp(microseconds: 1_790_000_000_000_000))

  init() {}

  func run(_ input: [UInt8]) {
    guard let first = input.first else { return }
    var parts = input.dropFirst().split(
      separator: 0xFF, maxSplits: 2, omittingEmptySubsequences: false
    ).map(Array.init)
    if first & 1 == 1 {
      var choices = Choices(input.dropFirst())
      parts = [Array(PackGrammar.rules(&choices).utf8)]
    }
    let bag = DiagnosticBag()
    var files = PackFiles("/dev/null/pack", follow: false, limits: options.limits)
    files.problems = []
    files.files["rules.yaml"] = file(parts[0])
    files.files[PackFiles.manifest] = file(parts.count > 1 ? parts[1] : PackGrammar.manifest)
    guard let pack = ManifestReader(files: files, options: options, bag: bag).pack() else {
      return check(bag.sorted, parts)
    }
    var overrides: [Override] = []
    if parts.count > 2 {
      overrides = OverrideReader(options: options, bag: bag).overrides(
        [.init(path: "overrides.yaml", bytes: parts[2], digest: PackFiles.emptyDigest)],
        rules: Set(pack.rules.map(\.id)))
    }
    let set = RuleSet(
      packs: [pack], overrides: overrides, digest: PackFiles.emptyDigest, warnings: [])
    // As the daemon does: problems of reading do not keep those of compiling from being told.
    let compilation = Matcher.compile(
      set, options: MatcherOptions(runTests: !bag.hasErrors, now: options.now))
    check(bag.sorted + compilation.diagnostics, parts)
  }

  private func file(_ bytes: [UInt8]) -> PackFiles.File {
    PackFiles.File(bytes: bytes, digest: Digest(bytes: Array(SHA256.hash(data: bytes)))!)
  }

  /// Each diagnostic can be shown, and nothing in it can move a cursor.
  private func check(_ diagnostics: [Diagnostic], _ parts: [[UInt8]]) {
    for diagnostic in diagnostics {
      for scalar in diagnostic.rendered.unicodeScalars
      where scalar != "\n" && Display.needsEscape(scalar) {
        fatalError("a diagnostic shows U+\(String(scalar.value, radix: 16)) raw")
      }
    }
  }
}
