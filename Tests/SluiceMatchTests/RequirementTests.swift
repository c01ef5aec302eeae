import Glibc
import SluiceCore
import Testing

@testable import SluiceMatch

@Suite struct RequirementTests {
  static func required(
    _ source: String, caseSensitive: Bool = false
  ) throws -> PatternRequirements {
    let spec = PatternSpec(source: source, freeSpacing: false, caseSensitive: caseSensitive)
    let parsed = PatternCompiler.read(spec, options: EngineOptions(useJIT: false))
    try #require(parsed.faults.isEmpty, "\(source): \(parsed.faults)")
    return parsed.requirements
  }

  /// SLUICE_PAIRS tries more pairs of a pattern and a text, SLUICE_SEED others.
  private static let pairs =
    getenv("SLUICE_PAIRS").flatMap { Int(String(cString: $0)) } ?? 12_000
  private static let seed =
    getenv("SLUICE_SEED").flatMap { UInt64(String(cString: $0)) } ?? 20_261_125

  @Test("No true match of a generated pattern is without what the pattern requires")
  func generated() throws {
    var phrases = EnginePhraseGenerator(seed: Self.seed)
    var patterns = EnginePatternGenerator(seed: Self.seed)
    var pairs = 0
    var matched = 0
    var seen = (slots: 0, ways: 0, literals: 0, runs: 0, shapes: 0)
    while pairs < Self.pairs {
      let isPhrase = pairs % 4 != 0
      let made = isPhrase ? phrases.pattern() : patterns.pattern()
      let spec = PatternSpec(
        source: made.source, freeSpacing: false, caseSensitive: Int(made.source.utf8.count) % 5 == 0
      )
      pairs += 1
      let parsed = PatternCompiler.read(spec, options: EngineOptions(useJIT: false))
      guard parsed.faults.isEmpty else { continue }
      for number in 0..<8 {
        let text =
          isPhrase || number % 2 == 0
          ? phrases.text(around: made.sample) : patterns.text(around: made.sample)
        pairs += 1
        let truth = try #require(EngineOracle.matches(of: spec, in: text))
        guard !truth.isEmpty else { continue }
        matched += 1
        let check = RequirementCheck(text)
        for match in truth {
          let missing = check.missing(
            of: parsed.requirements, in: match.start..<match.end)
          if !missing.isEmpty {
            let shown = String(decoding: text, as: UTF8.self).unicodeScalars
              .map { $0.escaped(asASCII: true) }.joined()
            Issue.record("\(made.source) at \(match.start) of \(shown): \(missing)")
          }
        }
        seen.slots += parsed.requirements.slots.isEmpty ? 0 : 1
        seen.ways += parsed.requirements.ways.isEmpty ? 0 : 1
        seen.literals += parsed.requirements.literals.isEmpty ? 0 : 1
        seen.runs += parsed.requirements.run == nil ? 0 : 1
        seen.shapes += parsed.requirements.shape == nil ? 0 : 1
      }
    }
    // Texts that nothing matches, and patterns that require nothing, would prove nothing.
    #expect(matched > pairs / 4)
    #expect(seen.slots > matched / 4 && seen.literals > matched / 4)
    #expect(seen.ways > matched / 200)
    #expect(seen.runs > matched / 50 && seen.shapes > matched / 50)
  }
}
