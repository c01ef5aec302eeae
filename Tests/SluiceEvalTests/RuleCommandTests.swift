import Glibc
import SluiceCore
import SluiceTestSupport
import Testing

/// `sluice rules try` and `rules stats`, as they are run.
@Suite struct RuleCommandTests {
  let directory = TemporaryDirectory()
  var tool: Tool { Tool(directory: directory) }
  var rules: [String] { ["--rules", directory.path + "/rules"] }

  private func writeNearRule() {
    TwoPacks.write(in: directory)
    directory.write(
      "rules/fruit/near.yaml",
      """
      rules:
        - id: fruit.near.basket
          title: Fruit near a basket
          why: Something for tests to find.
          severity: high
          patterns:
            fruit: '\\b(?:cherry|plum)\\b'
            basket: '\\b(?:basket|crate)\\b'
          condition: near(fruit, basket, 10)
          tests:
            match: ['A cherry in a basket.', 'The crate: one plum.']
            pass: ['Nothing to see.', 'A basket.']

      """)
  }

  @Test("Trying a rule says hit, or which part of the condition failed by how much")
  func tries() throws {
    writeNearRule()
    let hit = directory.write("texts/a.txt", "One cherry, one basket.\n")
    let miss = directory.write("texts/b.txt", "One cherry, and far away from it a basket.\n")
    let none = directory.write("texts/c.txt", "Bread and water.\n")
    let result = try tool.run(
      ["rules", "try"] + rules + ["fruit.near.basket", directory.path + "/texts"])
    #expect(result.status == 1)
    #expect(result.output.contains("a.txt   HIT"))
    #expect(result.output.contains("b.txt   near miss"))
    #expect(result.output.contains("characters apart"))
    #expect(result.output.contains("c.txt   no pattern of the rule matched"))
    let json = try tool.run(
      ["rules", "try", "--json"] + rules + ["fruit.near.basket", hit, miss, none])
    #expect(json.lines.map { $0["outcome"]?.text } == ["hit", "near-miss", "none"])
    #expect(json.lines[1]["matched"] == .array([.string("fruit"), .string("basket")]))
    #expect(json.lines[1]["failed"]?.elements.count == 1)
  }

  @Test("A rule of a profile is tried as if the profile were on")
  func profile() throws {
    TwoPacks.write(in: directory)
    directory.write(
      "rules/tree/strict.yaml",
      "rules:\n"
        + TwoPacks.rule("tree.strict.plum", "plums?", score: 45, more: "    profiles: [strict]\n"))
    let file = directory.write("a.txt", "A plum.\n")
    #expect(try tool.run(["rules", "try"] + rules + ["tree.strict.plum", file]).status == 1)
    #expect(try tool.run(["scan"] + rules + [file]).status == 0)
  }

  @Test("Compiled rules are kept though there is no folder of caches yet")
  func cache() throws {
    TwoPacks.write(in: directory)
    let file = directory.write("a.txt", "Bread and water.\n")
    let caches = directory.path + "/caches"
    let result = try tool.run(
      ["scan"] + rules + [file], environment: ["XDG_CACHE_HOME=\(caches)"])
    #expect(result.status == 0)
    #expect(access(caches + "/sluice", R_OK) == 0)
  }

  /// Three decisions and a release, as a daemon writes them (shortened).
  private func writeLog() {
    let decisions = [
      (
        "item.quarantined",
        #""item":"01M87VZT34004NXGM0RD6S4N33","verdict":"quarantine","findings":"#
          + #"[{"rule":"fruit.words.apple","score":50},{"rule":"fruit.words.rotten","score":40}],"#
          + #""work":{"units":300},"#
      ),
      (
        "item.annotated",
        #""item":"01M87VZT34004NXGM0RD6S4N34","verdict":"annotate","findings":"#
          + #"[{"rule":"fruit.words.apple","score":50},"#
          + #"{"rule":"tree.words.pear","score":45,"mode":"shadow"}],"work":{"units":100},"#
      ),
      (
        "item.passed",
        #""item":"01M87VZT34004NXGM0RD6S4N35","verdict":"pass","findings":[],"work":{"units":200},"#
      ),
      ("item.released", #""item":"01M87VZT34004NXGM0RD6S4N33","why":"a mistake","#),
    ]
    let prev = String(repeating: "0", count: 64)
    var text = ""
    for (index, decision) in decisions.enumerated() {
      text +=
        #"{"seq":\#(index + 1),"time":"2026-03-0\#(index + 1)T12:00:00.000000Z","#
        + #""event":"\#(decision.0)",\#(decision.1)"prev":"\#(prev)"}"# + "\n"
    }
    directory.write("log/actions.jsonl", text)
  }

  @Test("Statistics count hits, releases, work and the last hit of each rule")
  func stats() throws {
    TwoPacks.write(in: directory)
    writeLog()
    let result = try tool.run(
      ["rules", "stats", "--json", "--log", directory.path + "/log"] + rules)
    #expect(result.status == 0, "\(result.errors)")
    let apple = result.lines.first { $0["rule"]?.text == "fruit.words.apple" }
    #expect(apple?["found"]?.integer == 2)
    #expect(apple?["quarantined"]?.integer == 1)
    #expect(apple?["annotated"]?.integer == 1)
    #expect(apple?["released"]?.integer == 1)
    #expect(apple?["cost"]?.integer == 200)
    #expect(apple?["mean_cost"]?.integer == 200)
    #expect(apple?["last_hit"]?.text == "2026-03-02T12:00:00.000000Z")
    // The shadow finding beside it adds nothing, so that it carried the second item alone.
    #expect(apple?["alone"]?.integer == 1)
    let pear = result.lines.first { $0["rule"]?.text == "tree.words.pear" }
    #expect(pear?["shadow"]?.integer == 1)
    #expect(pear?["found"]?.integer == 0)
    let later = try tool.run(
      [
        "rules", "stats", "--json", "--since", "2026-03-02T00:00:00Z", "--log",
        directory.path + "/log",
      ] + rules)
    let rotten = later.lines.first { $0["rule"]?.text == "fruit.words.rotten" }
    #expect(rotten?["found"]?.integer == 0)
    #expect(rotten?["last_hit"] == .null)
  }
}
