import SluiceCore
import SluiceTestSupport
import Testing

@testable import SluiceRules

@Suite struct DefinitionTests {
  private func expression(_ definitions: String, _ pattern: String) throws -> TracedText {
    let directory = TemporaryDirectory()
    directory.write("sample/pack.yaml", Sample.manifest(more: definitions))
    directory.write(
      "sample/rules.yaml",
      """
      rules:
        - id: sample.theme.rule
          title: A rule
          why: Because.
          severity: high
          patterns:
            a: \(pattern)
          tests: {match: [one, two], pass: [three, four]}

      """)
    let reading = Sample.read(directory)
    #expect(reading.rendered == [])
    let kind = try #require(reading.ruleSet.rules.first?.patterns.first?.kind)
    guard case .expression(let text, _) = kind else { throw Missing() }
    return text
  }

  private struct Missing: Error {}

  @Test("A definition is inserted as a group with its own flags")
  func flags() throws {
    #expect(try expression("definitions: {d: 'x|y'}", "'a{{d}}b'").text == "a(?-x:x|y)b")
    #expect(
      try expression("definitions:\n  d: |\n    x  # c\n", "'{{ d }}b'").text
        == "(?x:x  # c\n\n)b")
    #expect(
      try expression("definitions: {d: {regex: X, case: sensitive}}", "'{{d}}'").text
        == "(?-ix:X)")
    #expect(
      try expression("definitions: {d: {regex: X, case: insensitive}}", "'{{d}}'").text
        == "(?i-x:X)")
    #expect(
      try expression("definitions: {d: x, e: '{{d}}{{d}}'}", "'{{e}}'").text
        == "(?-x:(?-x:x)(?-x:x))")
  }

  @Test("Every character of an inserted definition leads to where it is written")
  func places() throws {
    let text = try expression("definitions:\n  inner: 'q''r'\n  d: 'x{{inner}}y'", "'a{{d}}b'")
    #expect(text.text == "a(?-x:x(?-x:q'r)y)b")
    let places = text.text.unicodeScalars.indices.enumerated().map { index, _ in
      let span = text.span(at: index)
      return "\(span.file.path.split(separator: "/").last!):\(span.line):\(span.column)"
    }
    #expect(places[0] == "rules.yaml:7:11")
    #expect(places[1..<6].allSatisfy { $0 == "rules.yaml:7:12" })
    #expect(places[6] == "pack.yaml:9:7")
    #expect(places[7..<12].allSatisfy { $0 == "pack.yaml:9:8" })
    #expect(places[12...14] == ["pack.yaml:8:11", "pack.yaml:8:12", "pack.yaml:8:14"])
    #expect(places[15] == "pack.yaml:9:8")
    #expect(places[16] == "pack.yaml:9:17")
    #expect(places[17] == "rules.yaml:7:12")
    #expect(places[18] == "rules.yaml:7:17")
  }

  @Test("Braces that are escaped, quoted, in a comment or of a count are left alone")
  func notReferences() throws {
    for pattern in [
      #"\{{d}}"#, #"\Q{{d}}\E"#, "(?#{{d}})x", "x{2}{{2}}", "{{}}", "{{d", "{{d}x}",
      #"[\]]\\\{{d}}"#,
    ] {
      #expect(
        ReferenceScanner(Array(pattern.unicodeScalars), freeSpacing: false).references.isEmpty)
    }
    let comment = Array("x # {{d}}\n{{e}}".unicodeScalars)
    #expect(ReferenceScanner(comment, freeSpacing: true).references.map(\.name) == ["e"])
    #expect(ReferenceScanner(comment, freeSpacing: false).references.map(\.name) == ["d", "e"])
  }

  @Test("A rule's digest follows what the rule does, not how it is told")
  func digests() throws {
    func digest(_ definitions: String, _ more: String, title: String = "A rule") throws -> Digest {
      let directory = TemporaryDirectory()
      directory.write("sample/pack.yaml", Sample.manifest(more: definitions))
      let rule = Sample.rule(more: more).replacing("'alpha'", with: "'{{d}}'")
        .replacing("A rule", with: title)
      directory.write("sample/rules.yaml", Sample.rules(rule))
      let reading = Sample.read(directory)
      #expect(!reading.hasErrors)
      return try #require(reading.ruleSet.rules.first?.digest)
    }
    let first = try digest("definitions: {d: x}", "")
    #expect(try digest("definitions: {d: x}", "", title: "Another title") == first)
    #expect(try digest("definitions: {d: y}", "") != first)
    #expect(try digest("definitions: {d: x}", "score: 10") != first)
    #expect(try digest("definitions: {d: x}", "profiles: [mail]") != first)
  }
}
