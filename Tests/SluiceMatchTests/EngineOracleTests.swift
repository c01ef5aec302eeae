import Glibc
import SluiceCore
import SluiceTestSupport
import Testing

@testable import SluiceMatch

@Suite struct EngineOracleTests {
  @Test("Generated patterns match in generated texts just where PCRE2 says, in pieces of any size")
  func generated() throws {
    // SLUICE_SEED tries other patterns and texts.
    let seed = getenv("SLUICE_SEED").flatMap { UInt64(String(cString: $0)) } ?? 20_261_124
    var generator = EnginePatternGenerator(seed: seed)
    var pairs = 0
    var matches = 0
    while pairs < 10_000 {
      var specs: [PatternSpec] = []
      var samples: [String] = []
      while specs.count < 20 {
        let made = generator.pattern()
        let spec = PatternSpec(
          source: made.source, freeSpacing: specs.count % 7 == 3,
          caseSensitive: specs.count % 5 == 0)
        guard PatternCompiler.analyze(spec).faults.isEmpty else { continue }
        specs.append(spec)
        samples.append(made.sample)
      }
      let program = try #require(PatternProgram.compile(specs).program)
      let scanner = PatternScanner(program: program)
      for number in 0..<64 {
        let text = generator.text(around: samples[number % samples.count])
        var truth: [EngineOracle.Match] = []
        for (index, spec) in specs.enumerated() {
          truth += try #require(EngineOracle.matches(of: spec, pattern: index, in: text))
        }
        for piece in [text.count + 1, 40, 7, 1] {
          let found = MatchCollector.scan(text, with: scanner, piece: piece)
          if found != truth {
            let wrong = Set(found).symmetricDifference(truth)
            let specs = Set(wrong.map(\.pattern)).map { specs[$0].source }
            Issue.record(
              "\(wrong) by \(specs) in \(String(decoding: text, as: UTF8.self).debugDescription)")
          }
          #expect(scanner.exhausted == nil)
        }
        pairs += specs.count
        matches += truth.count
      }
    }
    // Texts that nothing matches would prove nothing.
    #expect(matches > pairs / 2)
  }

  @Test("Phrases that share their words match just where PCRE2 says")
  func shared() throws {
    var random = SplitMix(state: 77)
    let words = [
      "bank", "kiss", "send", "money", "now", "ſend", "деньги", "a", "I", "accounts", "it", "no",
    ]
    func some(_ count: Int) -> String {
      "(?:" + (0..<count).map { _ in words.randomElement(using: &random)! }.joined(separator: "|")
        + ")"
    }
    let specs = (0..<60).map { number in
      let gap = ["", #"(?:\w{1,9}\W{1,3}){0,2}"#, #"(?:\w{1,9}\W{1,3}){0,6}"#][number % 3]
      return PatternSpec(
        source: #"\b"# + some(2) + #"\W{1,3}"# + gap + some(2) + #"\W{1,3}"# + some(1) + #"\b"#,
        freeSpacing: false, caseSensitive: number % 5 == 0)
    }
    let program = try #require(PatternProgram.compile(specs).program)
    let scanner = PatternScanner(program: program)
    var matches = 0
    for _ in 0..<40 {
      var text = ""
      for _ in 0..<60 {
        let word = (words + ["and", "или", "Kiss"]).randomElement(using: &random)!
        text += Bool.random(using: &random) ? word : word.uppercased()
        text += [" ", " ", ", ", "\n"].randomElement(using: &random)!
      }
      let bytes = Array(text.utf8)
      var truth: [EngineOracle.Match] = []
      for (index, spec) in specs.enumerated() {
        truth += try #require(EngineOracle.matches(of: spec, pattern: index, in: bytes))
      }
      #expect(MatchCollector.scan(bytes, with: scanner, piece: bytes.count) == truth)
      matches += truth.count
    }
    #expect(matches > 400)
  }

  @Test("Matches across the borders of windows are found once, also in a text of megabytes")
  func borders() throws {
    let specs = [
      PatternSpec(source: "needle[a-z ]{0,200}end", freeSpacing: false, caseSensitive: false),
      PatternSpec(source: "(?<=\\d)x{1,40}(?=д)", freeSpacing: false, caseSensitive: true),
      PatternSpec(source: "\\A.{3}|.{3}\\z", freeSpacing: false, caseSensitive: true),
    ]
    let program = try #require(PatternProgram.compile(specs).program)
    var generator = SplitMix(state: 5)
    var text: [UInt8] = []
    while text.count < 1_500_000 {
      text += Array("lorem ipsum д ".utf8)
      if Int.random(in: 0..<200, using: &generator) == 0 {
        text += Array("needle of a long and winding text that has an end 7xxxxд".utf8)
      }
    }
    var truth: [EngineOracle.Match] = []
    for (index, spec) in specs.enumerated() {
      truth += try #require(EngineOracle.matches(of: spec, pattern: index, in: text))
    }
    #expect(truth.count > 400)
    for piece in [text.count, 65_536, 100_003] {
      let scanner = PatternScanner(program: program)
      #expect(MatchCollector.scan(text, with: scanner, piece: piece) == truth)
      #expect(scanner.exhausted == nil)
    }
  }

  @Test("Realistic patterns match in the machine's own documents just where PCRE2 says")
  func documents() throws {
    let sources = [
      #"\b(?:password|passwd|secret)\W{1,3}(?:is|file)\b"#,
      #"\b(?:bank|copyright|license)\W{1,4}(?:[\w'-]{1,20}\W{1,4}){0,3}(?:notice|holder|account)\b"#,
      #"\b\d{4}-\d{2}-\d{2}\b"#, #"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,3}"#,
      #"(?m)^\s{0,3}\*\s{1,3}(?:fix|new|add)\w{0,5}\b"#, #"https?://[^\s<>"]{4,120}"#,
      #"(?<![A-Za-z0-9])[A-Z]{2}\d{2}[A-Z0-9]{11,30}(?![A-Za-z0-9])"#,
    ]
    let specs = sources.map { PatternSpec(source: $0, freeSpacing: false, caseSensitive: false) }
    let program = try #require(PatternProgram.compile(specs).program)
    let scanner = PatternScanner(program: program)
    let whole = getenv("SLUICE_FULL_CORPUS") != nil
    var files = 0
    var matches = 0
    for path in EngineCorpus.documents(most: whole ? .max : 60, bytes: whole ? .max : 40_000) {
      guard let text = EngineCorpus.text(path) else { continue }
      files += 1
      var truth: [EngineOracle.Match] = []
      for (index, spec) in specs.enumerated() {
        truth += try #require(EngineOracle.matches(of: spec, pattern: index, in: text))
      }
      matches += truth.count
      #expect(MatchCollector.scan(text, with: scanner, piece: 50_000) == truth, "\(path)")
    }
    #expect(files >= 20 && matches >= 50)
  }
}
