import SluiceCore
import SluiceRules
import Testing

@testable import SluiceMatch

@Suite struct JudgeEmbeddedTests {
  private func diagnostics(
    match: [String] = ["alpha beta", "beta alpha"], pass: [String] = ["alpha", "gamma"],
    severity: String = "high", condition: String = "near(a, b, 3)", manifest: String = "",
    more: String = "", overrides: String? = nil
  ) throws -> [Diagnostic] {
    try JudgeFixture(
      rules: JudgeFixture.rule(
        "r", severity: severity, patterns: ["a": "alpha", "b": "beta"], condition: condition,
        more: more, match: match, pass: pass),
      manifest: manifest, overrides: overrides, runTests: true
    ).diagnostics.filter { $0.severity == .error }
  }

  @Test("A pack whose texts do what they should has nothing to mend")
  func good() throws {
    #expect(try diagnostics() == [])
  }

  @Test("A match text that does not match is named at its place, with the part that failed")
  func match() throws {
    let found = try diagnostics(match: ["alpha beta", "alpha and a beta"])
    #expect(found.map(\.code) == ["test-match"])
    #expect(found.first?.hint == "near(a, b, 3): the nearest are 7 characters apart")
    #expect(found.first?.source?.contains("alpha and a beta") == true)
    #expect(found.first?.line == 11)
  }

  @Test("A pass text that matches is named with what matched in it")
  func pass() throws {
    let found = try diagnostics(pass: ["gamma", "alpha-beta"])
    #expect(found.map(\.code) == ["test-pass"])
    #expect(found.first?.hint == "a matched 'alpha'; b matched 'beta'")
  }

  @Test("A protected text that would be acted on is named with the rules that act")
  func protected() throws {
    // The fixture's protected texts all say "nothing at all".
    let fixture = try JudgeFixture(
      rules: JudgeFixture.rule(
        "r", patterns: ["a": "number 7 about"], match: ["number 7 about", "a number 7 about"]),
      runTests: true)
    let found = fixture.diagnostics.filter { $0.severity == .error }
    #expect(found.map(\.code) == ["test-protected"])
    #expect(found.first?.message.contains("fraud.test.r +70") == true)
    #expect(fixture.matcher == nil)
  }

  @Test("A protected text holds only without profiles; a rule's own texts are judged with them")
  func profiles() throws {
    let fixture = try JudgeFixture(
      rules: JudgeFixture.rule(
        "r", patterns: ["a": "number 7 about"], more: "profiles: [strict]",
        match: ["number 7 about", "a number 7 about"]),
      runTests: true)
    #expect(fixture.diagnostics.filter { $0.severity == .error } == [])
  }

  @Test("A text that an exception frees when pasted to it fails")
  func pasting() throws {
    let manifest = """
      exceptions:
        - id: warning
          why: A warning.
          patterns: {w: 'beware'}
          tests: {match: ['Beware of this']}
      """
    #expect(try diagnostics(manifest: manifest, more: "except: [warning]") == [])
    // The condition itself lets a pasted word free it.
    let found = try diagnostics(
      condition: "near(a, b, 3) and not c", manifest: manifest, more: "except: [warning]",
      c: "beware of")
    #expect(Set(found.map(\.code)) == ["test-exception"])
  }

  @Test("A site's override does not make a pack's own tests fail")
  func overridden() throws {
    let overrides = """
        - {rule: fraud.test.r, effect: 'off', reason: ours, owner: ops}
      """
    #expect(try diagnostics(overrides: overrides) == [])
  }

  private func diagnostics(
    condition: String, manifest: String, more: String, c: String
  ) throws -> [Diagnostic] {
    try JudgeFixture(
      rules: JudgeFixture.rule(
        "r", patterns: ["a": "alpha", "b": "beta", "c": c], condition: condition, more: more,
        match: ["alpha beta", "beta alpha"], pass: ["alpha", "gamma"]),
      manifest: manifest, runTests: true
    ).diagnostics.filter { $0.severity == .error }
  }
}
