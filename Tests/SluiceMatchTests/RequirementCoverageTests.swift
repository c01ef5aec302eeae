import Glibc
import SluiceCore
import SluiceRules
import Testing

@testable import SluiceMatch

@Suite struct RequirementCoverageTests {
  /// How many patterns require what.
  struct Tally: CustomStringConvertible {
    var patterns = 0
    var slot = 0
    var second = 0
    var literal = 0
    var run = 0
    var shape = 0
    var nothing: [String] = []

    mutating func add(_ requirements: PatternRequirements, _ source: String) {
      patterns += 1
      slot += requirements.slots.isEmpty ? 0 : 1
      second += requirements.slots.count > 1 ? 1 : 0
      literal += requirements.literals.isEmpty ? 0 : 1
      run += requirements.run == nil ? 0 : 1
      shape += requirements.shape == nil ? 0 : 1
      if requirements.isEmpty { nothing.append(source) }
    }

    var description: String {
      "\(patterns) patterns: word slot \(slot), second slot \(second), literal \(literal), "
        + "run \(run), shape \(shape), nothing \(nothing.count)"
    }
  }

  @Test("Of the shipped patterns fewer than one in twenty requires nothing")
  func shipped() throws {
    let root = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    let reading = PackReader.read([root + "/Rules"], options: .init(now: Clock.system.now()))
    let packs = reading.ruleSet.packs
    var tally = Tally()
    for rule in packs.flatMap(\.rules) {
      for pattern in rule.patterns {
        guard case .expression(let text, let freeSpacing) = pattern.kind else { continue }
        let spec = PatternSpec(
          source: text.text, freeSpacing: freeSpacing, caseSensitive: pattern.caseSensitive)
        try Self.add(spec, to: &tally)
      }
    }
    print("Shipped packs: \(tally)")
    #expect(tally.patterns > 100)
    #expect(tally.nothing.count * 20 < tally.patterns, "\(tally.nothing)")
  }

  /// SLUICE_PATTERNS names a file with a pattern a line.
  @Test(
    "Of the patterns in a file fewer than one in twenty requires nothing",
    .enabled(if: getenv("SLUICE_PATTERNS") != nil))
  func listed() throws {
    let path = try #require(getenv("SLUICE_PATTERNS").map { String(cString: $0) })
    let text = try #require(EngineCorpus.text(path))
    var tally = Tally()
    for line in String(decoding: text, as: UTF8.self).split(separator: "\n") {
      try Self.add(
        PatternSpec(source: String(line), freeSpacing: false, caseSensitive: false), to: &tally)
    }
    print("\(path): \(tally)")
    #expect(tally.nothing.count * 20 < tally.patterns, "\(tally.nothing)")
  }

  /// SLUICE_SHOW shows what each requires.
  private static func add(_ spec: PatternSpec, to tally: inout Tally) throws {
    let parsed = PatternCompiler.read(spec, options: EngineOptions(useJIT: false))
    try #require(parsed.faults.isEmpty, "\(spec.source): \(parsed.faults)")
    tally.add(parsed.requirements, spec.source)
    if getenv("SLUICE_SHOW") != nil { print("\(spec.source)\n\(parsed.requirements.shown)\n") }
  }
}
