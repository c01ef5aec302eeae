import Crypto
import SluiceCore
import SluiceRules
import SluiceTestSupport
import Testing

@testable import SluiceMatch

/// Writes packs to a directory, reads and compiles them as a daemon would, and judges texts.
final class JudgeFixture {
  let directory = TemporaryDirectory()
  private(set) var matcher: Matcher?
  private(set) var diagnostics: [Diagnostic] = []
  private var examiner: Examiner?

  struct Problem: Error { let diagnostics: [String] }

  /// - Parameters:
  ///   - rules: the body of a rule file below `rules:`.
  ///   - manifest: more keys of the manifest.
  init(
    rules: String, manifest: String = "", overrides: String? = nil, lists: [String: String] = [:],
    runTests: Bool = false, pack: String = "fraud"
  ) throws {
    let protected = (1...20).map { "  - 'Plain text number \($0) about nothing at all.'" }
    directory.write(
      "\(pack)/pack.yaml",
      """
      id: \(pack)
      version: 1.0.0
      title: A pack for tests
      covers: [tests]
      does_not_cover: [all else]
      licence: Apache-2.0
      languages: [en]
      references: ['https://example.org/']
      protected:
      \(protected.joined(separator: "\n"))
      \(manifest)
      """)
    directory.write("\(pack)/rules.yaml", "rules:\n" + rules)
    for (name, text) in lists { directory.write("\(pack)/\(name)", text) }
    var paths = ["\(directory.path)/\(pack)"]
    if let overrides {
      directory.write("site/overrides.yaml", "overrides:\n" + overrides)
      paths.append("\(directory.path)/site")
    }
    let reading = PackReader.read(
      paths, options: .init(now: Timestamp(microseconds: 1_780_000_000_000_000)))
    diagnostics = reading.diagnostics
    guard !reading.hasErrors else { throw Problem(diagnostics: diagnostics.map(\.rendered)) }
    let compilation = Matcher.compile(reading.ruleSet, options: .init(runTests: runTests))
    diagnostics += compilation.diagnostics
    matcher = compilation.matcher
    examiner = matcher.map { Examiner(matcher: $0) }
  }

  func examine(
    _ text: String, name: String = "note.txt", context: ItemContext? = nil, pieces: Int? = nil,
    extraction: ExtractionSummary = ExtractionSummary(examined: .text),
    allowances: Set<String> = [], signals: [Signal] = [], also: (Examiner) -> Void = { _ in }
  ) throws -> Decision {
    let examiner = try unwrapped()
    // Leaving out what cannot make a rule hold must not change what is decided; explanations need
    // all matches, and come from the second run.
    var decisions: [Decision] = []
    for prunes in [true, false] {
      examiner.prunes = prunes
      decisions.append(
        try examine(
          text, name: name, context: context, pieces: pieces, extraction: extraction,
          allowances: allowances, signals: signals, also: also, with: examiner))
    }
    var pruned = decisions[0]
    pruned.work = decisions[1].work
    #expect(pruned == decisions[1])
    return decisions[1]
  }

  private func examine(
    _ text: String, name: String, context: ItemContext?, pieces: Int?,
    extraction: ExtractionSummary, allowances: Set<String>, signals: [Signal],
    also: (Examiner) -> Void, with examiner: Examiner
  ) throws -> Decision {
    var context = context ?? ItemContext(name: [])
    context.name = Array(name.utf8)
    examiner.begin(item: context)
    examiner.begin(document: DocumentInfo(path: name))
    for signal in signals { examiner.signal(signal) }
    feed(text, into: examiner, path: name, pieces: pieces)
    also(examiner)
    examiner.endDocument()
    return examiner.finish(
      extraction, digests: Self.digests(of: text), allowances: { _ in allowances })
  }

  /// One segment, in pieces of about so many bytes.
  func feed(
    _ text: String, into examiner: Examiner, path: String, part: SegmentInfo.Part = .body,
    reading: String? = nil, pieces: Int? = nil
  ) {
    examiner.begin(segment: SegmentInfo(path: path, part: part, reading: reading))
    let bytes = Array(text.utf8)
    var start = 0
    repeat {
      var end = min(bytes.count, start + (pieces ?? bytes.count))
      while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end += 1 }
      bytes[start..<end].withUnsafeBytes {
        examiner.text($0, map: OffsetMap(identityAt: start), last: end == bytes.count)
      }
      start = end
    } while start < bytes.count
    examiner.endSegment()
  }

  func explanation() throws -> Explanation { try unwrapped().explanation() }

  func verdict(without rules: Set<String>) throws -> Verdict {
    try unwrapped().verdict(without: rules)
  }

  private func unwrapped() throws -> Examiner {
    guard let examiner else { throw Problem(diagnostics: diagnostics.map(\.rendered)) }
    return examiner
  }

  static func digests(of text: String) -> ItemDigests {
    let bytes = Array(text.utf8)
    return ItemDigests(
      sha256: SluiceCore.Digest(bytes: Array(SHA256.hash(data: bytes)))!,
      sha1: Array(Insecure.SHA1.hash(data: bytes)), md5: Array(Insecure.MD5.hash(data: bytes)))
  }

  /// A rule of the pack `fraud`.
  static func rule(
    _ name: String, severity: String = "high", patterns: [String: String],
    condition: String? = nil, more: String = "", match: [String] = [], pass: [String] = []
  ) -> String {
    let quoted = { (text: String) in "'" + text.replacing("'", with: "''") + "'" }
    var text = """
        - id: fraud.test.\(name)
          title: A rule
          why: It is needed here.
          severity: \(severity)
          patterns:

      """
    for (key, value) in patterns.sorted(by: { $0.key < $1.key }) {
      let long = value.hasPrefix("{")
      text += "      \(key): \(long ? value : quoted(value))\n"
    }
    if let condition { text += "    condition: \(condition)\n" }
    for line in more.split(separator: "\n") { text += "    \(line)\n" }
    let match = match.isEmpty ? ["one", "two"] : match
    let pass = pass.isEmpty ? ["three", "four"] : pass
    text += "    tests:\n      match: [\(match.map(quoted).joined(separator: ", "))]\n"
    text += "      pass: [\(pass.map(quoted).joined(separator: ", "))]\n"
    return text
  }
}
