import SluiceCore
import SluiceRules
import SluiceTestSupport
import Testing

@testable import SluiceMatch

@Suite struct JudgeListTests {
  private func words(_ text: String, more: String = "") throws -> JudgeFixture {
    try JudgeFixture(
      rules: JudgeFixture.rule("w", patterns: ["w": "{list: names.words\(more)}"]),
      lists: ["names.words": text])
  }

  @Test("A word list matches whole words, whatever their case, and phrases across spaces")
  func wholeWords() throws {
    let fixture = try words("# names\nacme\nacme corp\nc++\nÜber\n")
    for text in ["ACME.", "the Acme  Corp", "c++", "über"] {
      #expect(try fixture.examine(text).findings.count == 1, "\(text)")
    }
    for text in ["acmes", "xacme", "c+", "überall"] {
      #expect(try fixture.examine(text).findings.isEmpty, "\(text)")
    }
    #expect(try fixture.examine("acme corp").findings.first?.places.first?.excerpt == "acme corp")
  }

  @Test("A long word list is several expressions and still one pattern")
  func long() throws {
    let fixture = try words((1...1000).map { "word\($0)x" }.joined(separator: "\n"))
    #expect(try fixture.examine("word7x and word993x").findings.first?.places.count == 2)
    #expect(try fixture.examine("word1001x").findings.isEmpty)
  }

  private func digests(_ text: String, more: String = "sealed: true") throws -> JudgeFixture {
    try JudgeFixture(
      rules: JudgeFixture.rule(
        "d", severity: "critical", patterns: ["d": "{list: known.sha256}"], more: more),
      lists: ["known.sha256": text])
  }

  @Test("A digest of any of the three kinds is found among many, without a place or excerpt")
  func found() throws {
    let own = JudgeFixture.digests(of: "the known file")
    let others = (0..<3000).map { JudgeFixture.digests(of: "other \($0)").sha256.description }
    for line in [
      own.sha256.description, Hex.encode(own.sha1!).uppercased(), Hex.encode(own.md5!) + "  a.jpg",
    ] {
      let fixture = try digests((others + ["# comment", line]).joined(separator: "\n"))
      let decision = try fixture.examine("the known file")
      #expect(decision.verdict == .quarantine)
      let finding = try #require(decision.findings.first)
      #expect(finding.sealed)
      #expect(finding.places.map(\.excerpt) == [""])
      #expect(finding.places.map(\.line) == [nil])
      #expect(try fixture.examine("another file").verdict == .pass)
    }
  }

  @Test("The kinds of digests that lists need are known beforehand")
  func kinds() throws {
    let own = JudgeFixture.digests(of: "x")
    #expect(try digests(own.sha256.description).matcher?.digestKinds == [.sha256])
    #expect(
      try digests(own.sha256.description + "\n" + Hex.encode(own.md5!)).matcher?.digestKinds
        == [.sha256, .md5])
  }

  @Test("A line that is no digest is a diagnostic that names the line")
  func broken() throws {
    let directory = TemporaryDirectory()
    let text = JudgeFixture.digests(of: "x").sha256.description + "\nnonsense\n"
    let file = ListFile(
      path: directory.write("broken.sha256", text), digest: JudgeFixture.digests(of: text).sha256,
      span: SourceSpan(file: SourceText(path: "p", text: ""), line: 1, column: 1))
    let failure = #expect(throws: ListFailure.self) { _ = try DigestList(file) }
    #expect(failure?.code == "list-line")
    #expect(failure?.message.contains("line 2 ") == true)
  }

  @Test("A list that is not the one its pack was read with is refused")
  func changed() throws {
    let directory = TemporaryDirectory()
    let text = JudgeFixture.digests(of: "x").sha256.description
    let file = ListFile(
      path: directory.write("list.sha256", text), digest: JudgeFixture.digests(of: "else").sha256,
      span: SourceSpan(file: SourceText(path: "p", text: ""), line: 1, column: 1))
    let failure = #expect(throws: ListFailure.self) { _ = try DigestList(file) }
    #expect(failure?.code == "list-changed")
  }
}
