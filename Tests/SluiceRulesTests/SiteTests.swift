import SluiceCore
import SluiceTestSupport
import Testing

@testable import SluiceRules

/// What a site adds: overrides, policies, lists.
@Suite struct SiteTests {
  private func pack(_ rules: String = Sample.rules(Sample.rule())) -> TemporaryDirectory {
    let directory = TemporaryDirectory()
    directory.write("sample/pack.yaml", Sample.manifest())
    directory.write("sample/rules.yaml", rules)
    return directory
  }

  private static func list(_ name: String) -> String {
    Sample.rules(Sample.rule()).replacing("'alpha'", with: "{list: '\(name)'}")
  }

  @Test("An override is read with all that narrows it; its last day counts whole")
  func override() throws {
    let directory = pack()
    directory.write(
      "overrides-mail.yaml",
      """
      overrides:
        - rule: sample.theme.rule
          effect: score
          score: 10
          pattern: {regex: 'x', case: sensitive}
          sha256: \(String(repeating: "ab", count: 32))
          source: mail
          reason: It is noisy.
          owner: ops
          until: 2026-06-01
      """)
    let reading = Sample.read(directory)
    #expect(reading.rendered == [])
    let override = try #require(reading.ruleSet.overrides.first)
    #expect(override.effect == .score(10))
    #expect(override.source == "mail")
    #expect(override.pattern?.caseSensitive == true)
    #expect(override.sha256?.bytes.first == 0xAB)
    #expect(override.until == Timestamp("2026-06-01T23:59:59.999999Z"))
    #expect(!override.isUnconditional)
  }

  @Test("An override with a part that cannot be read is left out, not widened")
  func partly() {
    let directory = pack()
    directory.write(
      "overrides.yaml",
      "overrides: [{rule: sample.theme.rule, effect: off, sha256: x, reason: x, owner: y}]")
    let reading = Sample.read(directory)
    #expect(reading.codes == ["bad-value"])
    #expect(reading.ruleSet.overrides.isEmpty)
  }

  @Test("A change of any file, and of no other thing, changes the digest that names the generation")
  func generation() {
    let directory = pack()
    let first = Sample.read(directory).ruleSet.digest
    #expect(Sample.read(directory).ruleSet.digest == first)
    directory.write("sample/note.txt", "x")
    let second = Sample.read(directory).ruleSet.digest
    #expect(second != first)
    directory.write(
      "overrides.yaml",
      "overrides: [{rule: sample.theme.rule, effect: off, reason: x, owner: y}]")
    #expect(Sample.read(directory).ruleSet.digest != second)
  }

  @Test("A list of the pack, a list of the site, and a site's list that is not there")
  func lists() throws {
    let directory = pack(Self.list("lists/words.txt"))
    directory.write("sample/lists/words.txt", "one\n")
    let own = Sample.read(directory)
    #expect(own.rendered == [])
    guard case .words(let words) = own.ruleSet.rules[0].patterns[0].kind else {
      Issue.record("not a word list")
      return
    }
    #expect(words.path.hasSuffix("/sample/lists/words.txt"))

    let site = TemporaryDirectory()
    directory.write("sample/rules.yaml", Self.list("site:known.sha256"))
    var options = Sample.options()
    options.lists = [site.path]
    let absent = Sample.read(directory, options)
    #expect(absent.codes == ["missing-list"])
    #expect(!absent.hasErrors)
    site.write("known.sha256", String(repeating: "0", count: 64) + "\n")
    let present = Sample.read(directory, options)
    #expect(present.rendered == [])
    #expect(present.ruleSet.digest != absent.ruleSet.digest)
    guard case .digests(let digests) = present.ruleSet.rules[0].patterns[0].kind else {
      Issue.record("not a list of digests")
      return
    }
    #expect(digests.path == site.path + "/known.sha256")
  }

  @Test("Policies keep their order and say what is asked of them")
  func policies() throws {
    let text = try #require(Golden.text("policies-fine.policies.yaml"))
    let bag = DiagnosticBag()
    let value = try #require(YAMLReader.read(SourceText(path: "t", text: text), into: bag))
    let policies = PolicyReader.read(try #require(value["policies"]), into: bag)
    #expect(bag.sorted.isEmpty)
    #expect(policies.map(\.name) == ["uploads", "rest"])
    #expect(policies[0].annotate == 30 && policies[0].quarantine == 60)
    #expect(policies[0].caps == ["sample": .annotate])
    #expect(policies[0].verdict(for: .encrypted) == .pass)
    #expect(policies[0].verdict(for: .damaged) == .hold)
    #expect(policies[0].profiles == ["strict-pii"])
    #expect(policies[1].annotate == Policy.standard.annotate)
  }

  @Test("Five hundred rules are read in a moment")
  func speed() {
    let directory = TemporaryDirectory()
    for pack in 0..<5 {
      directory.write("pack-\(pack)/pack.yaml", Sample.manifest("pack-\(pack)"))
      let rules = (0..<100).map { index in
        Sample.rule("pack-\(pack).theme.rule-\(index)").replacing(
          "'alpha'",
          with: "'\\b(?:alpha|beta|gamma)\\W{1,4}(?:one|two|three|four|five|six|seven)\\b'")
      }
      directory.write("pack-\(pack)/rules.yaml", "rules:\n" + rules.joined())
    }
    let time = ContinuousClock().measure {
      #expect(Sample.read(directory).ruleSet.rules.count == 500)
    }
    // Far from what it takes: an unoptimised build on a busy machine; only a blow-up is caught.
    #expect(time < .seconds(20))
  }
}
