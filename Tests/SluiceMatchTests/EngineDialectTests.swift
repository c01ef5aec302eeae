import SluiceCore
import SluiceRules
import Testing

@testable import SluiceMatch

@Suite struct EngineDialectTests {
  static func spec(_ source: String, freeSpacing: Bool = false) -> PatternSpec {
    PatternSpec(source: source, freeSpacing: freeSpacing, caseSensitive: false)
  }

  static func faults(_ source: String, freeSpacing: Bool = false) -> [PatternFault] {
    PatternCompiler.analyze(spec(source, freeSpacing: freeSpacing)).faults
  }

  struct Refusal: CustomTestStringConvertible, Sendable {
    var source: String
    var at: Int
    var code: String
    /// Part of the message or the hint.
    var says: String
    var testDescription: String { source }

    init(_ source: String, _ at: Int, _ code: String, _ says: String) {
      (self.source, self.at, self.code, self.says) = (source, at, code, says)
    }
  }

  @Test(
    "What cannot be proven bounded is refused at its place, with the form to write",
    arguments: [
      Refusal("ab*c", 2, "regex-unbounded", "{0,30}"),
      Refusal("äö+", 2, "regex-unbounded", "{1,30}"),
      Refusal("a(?:bc){5,}", 7, "regex-unbounded", "{5,30}"),
      Refusal("a.*?b", 2, "regex-unbounded", "{0,30}"),
      Refusal("(?<!x)\\w++", 8, "regex-unbounded", "{1,30}"),
      Refusal("a\\X", 1, "regex-construct", "\\p{M}{0,8}"),
      Refusal("a\\Gb", 1, "regex-construct", "leave it out"),
      Refusal("foo\\Kbar", 3, "regex-construct", "(?<=…)"),
      Refusal("a\\Cb", 1, "regex-construct", "cuts characters"),
      Refusal("a(?C1)b", 1, "regex-construct", "callouts"),
      Refusal("(a)(?1)", 3, "regex-construct", "{{name}}"),
      Refusal("(a)(?R)?", 3, "regex-construct", "{{name}}"),
      Refusal("(?<n>a)(?&n)", 7, "regex-construct", "{{name}}"),
      Refusal("(?<n>a)(?P>n)", 7, "regex-construct", "{{name}}"),
      Refusal("(a)\\g<1>", 3, "regex-construct", "{{name}}"),
      Refusal("a(*COMMIT)b", 1, "regex-construct", "verbs"),
      Refusal("(*UTF)ab", 0, "regex-construct", "leading"),
      Refusal("a(*pla:b)", 1, "regex-construct", "look-around"),
      Refusal("(?|(a)|(b))", 0, "regex-construct", "number the groups apart"),
      Refusal("(a)?(?(1)b|c)", 4, "regex-construct", "both cases"),
      Refusal("a(?*b)c", 1, "regex-construct", "(?=…)"),
      Refusal("(?<*a)b", 0, "regex-construct", "(?<=…)"),
      Refusal("[[:<:]]ab", 1, "regex-construct", "\\b"),
      Refusal("a(?#note){2}", 9, "regex-construct", "a group"),
      Refusal("\\Qa.b\\E{2}", 7, "regex-construct", "a group"),
      Refusal("\\1(a)", 0, "regex-construct", "before it"),
      Refusal("a?b{0,3}", 0, "regex-empty", "required"),
      Refusal("(?=a)", 0, "regex-empty", "required"),
      Refusal("a{1,2049}", 0, "regex-width", "near("),
      Refusal("a(?=b{1,2048})", 0, "regex-width", "near("),
      Refusal("(?:a{1,30}){1,30}b", 0, "regex-price", "possessive"),
      Refusal("x(a|a){1,30}y", 1, "regex-price", "possessive"),
      Refusal("(?:\\w{1,20}\\s{0,3}){1,9}!", 0, "regex-price", "possessive"),
    ])
  func refusals(_ refusal: Refusal) throws {
    let fault = try #require(Self.faults(refusal.source).first)
    #expect(fault.scalar == refusal.at)
    #expect(fault.code == refusal.code)
    #expect((fault.message + " " + (fault.hint ?? "")).contains(refusal.says), "\(fault)")
  }

  @Test(
    "What PCRE2 refuses is reported at its very character",
    arguments: [
      ("+a", 0), ("ab)", 2), ("é[a-\\d]", 5), ("é\\b{2}", 3), ("x[z-a]y", 3),
      ("a{3,1}", 4), ("(?<=a{1,3})b", 0),
    ])
  func positions(source: String, at: Int) throws {
    let fault = try #require(Self.faults(source).first)
    #expect(fault.code == "regex-syntax")
    #expect(fault.scalar == at)
  }

  @Test("All unbounded repeats of an expression are named at once")
  func several() {
    #expect(Self.faults("a*b+c{2,}").map(\.scalar) == [1, 3, 5])
  }

  @Test(
    "Bounded constructs are accepted, and their width is known",
    arguments: [
      ("abc", 3, 3), ("a{2,5}", 2, 5), ("(?:ab|cde)f?", 2, 4), ("(a{1,3})-\\1", 3, 7),
      ("(?<n>ab?)\\k<n>", 2, 4), ("\\Qa.b\\E", 3, 3), ("\\Rx", 2, 3), ("a{,3}", 5, 5),
      ("(?>a{1,4}){2}", 2, 8), ("[[:alpha:]\\d]{3}+", 3, 3),
      ("\\N{3}", 3, 3), ("(?#x)ab", 2, 2), ("a(?i)b|c", 1, 2),
      ("\\x{1F600}\\o{101}", 2, 2), ("\\bа{2}\\b", 2, 2), ("(?x) a b # c\n d", 3, 3),
      ("[]a]b", 2, 2), ("[^]a]b", 2, 2), ("\\p{^Lu}\\pL\\P{Greek}", 3, 3),
    ])
  func widths(source: String, least: Int, most: Int) throws {
    let (analysis, faults) = PatternCompiler.analyze(Self.spec(source))
    #expect(faults.isEmpty)
    #expect(analysis?.least == least)
    #expect(analysis?.most == most)
  }

  @Test("Look-around counts to the side that it looks at")
  func reach() throws {
    let analysis = try #require(
      PatternCompiler.analyze(Self.spec("(?<=abcd)x(?=yz(?!w{7}))")).analysis)
    #expect(analysis.reachBefore == 4)
    #expect(analysis.reachAfter >= 7 && analysis.reachAfter <= 9)
    #expect(analysis.most == 1)
  }

  @Test("An expression in block form reads the same as its plain form")
  func freeSpacing() throws {
    let plain = try #require(PatternCompiler.analyze(Self.spec("ab{1,3}[ ]c")).analysis)
    let block = try #require(
      PatternCompiler.analyze(
        Self.spec("  a   # first\n  b {1,3}\n  [ ] c\n", freeSpacing: true)
      ).analysis)
    #expect(plain == block)
  }

  @Test("A group that does not exist cannot be captured")
  func capture() {
    var spec = Self.spec("(a)b")
    spec.capture = .number(2)
    #expect(PatternCompiler.analyze(spec).faults.map(\.code) == ["unknown-capture"])
    spec.capture = .name("n")
    #expect(PatternCompiler.analyze(spec).faults.map(\.code) == ["unknown-capture"])
    spec.capture = .number(1)
    #expect(PatternCompiler.analyze(spec).faults.isEmpty)
  }
}
