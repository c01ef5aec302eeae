import SluiceCore
import SluiceTestSupport
import Testing

@testable import SluiceRules

@Suite struct PackReaderTests {
  @Test("A valid pack is read without a word")
  func valid() throws {
    let directory = TemporaryDirectory()
    directory.write("sample/pack.yaml", Sample.manifest(more: "tags: ['misp:a=\"b\"']"))
    directory.write("sample/rules.yaml", Sample.rules(Sample.rule(more: "score: 55")))
    let reading = Sample.read(directory)
    #expect(reading.rendered == [])
    #expect(!reading.hasErrors)
    let pack = try #require(reading.ruleSet.packs.first)
    #expect(pack.id == "sample")
    #expect(pack.protected.count == 20)
    #expect(pack.tags == ["misp:a=\"b\""])
    let rule = try #require(pack.rules.first)
    #expect(rule.score == 55)
    #expect(rule.condition == .atLeast(count: 1, of: [0]))
    #expect(rule.patterns[0].views == .all)
  }
}
