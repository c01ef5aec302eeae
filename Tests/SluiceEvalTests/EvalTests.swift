import SluiceCore
import SluiceTestSupport
import Testing

/// `sluice eval` as it is run, on data sets that are small enough to count by hand.
@Suite struct EvalTests {
  let directory = TemporaryDirectory()
  var tool: Tool { Tool(directory: directory) }
  var rules: [String] { ["--rules", directory.path + "/rules"] }

  /// Eight rows: harmful ones about apples and pears, and what should be left alone.
  static let rows = """
    {"text":"one apple a day is what keeps them away","label":1,"category":"food/apple","lang":"en","source":"a"}
    {"text":"the rotten apples lie under the old tree","label":1,"category":"food/apple","lang":"en","source":"a","group":"women"}
    {"text":"pears can be had from the market today","label":1,"category":"food/apple","lang":"en","source":"a","group":["women","men"]}
    {"text":"plums are nothing that any rule knows of","label":1,"category":"wood","lang":"de","source":"a"}
    {"text":"ONE apple a day, is what keeps them away!","label":1,"category":"food/apple","lang":"en","source":"a"}
    {"text":"bread is baked from flour and from water","label":0,"category":"benign","lang":"en","source":"a"}
    {"text":"an apple that does no harm to anybody here","label":0,"category":"benign","lang":"en","source":"b"}
    {"text":"water runs down the hill and into the sea","label":false,"category":"benign","lang":"en"}

    """

  @discardableResult
  private func dataset(_ text: String = rows, _ name: String = "set.jsonl") -> String {
    TwoPacks.write(in: directory)
    return directory.write(name, text)
  }

  private func count(_ json: JSON?, _ key: String) -> [Int?] {
    [json?[key]?["count"]?.integer, json?[key]?["of"]?.integer]
  }

  @Test("Rows are counted by source and harm, near-duplicates apart")
  func counts() throws {
    let file = dataset()
    let map = directory.write("map.json", #"{"food": ["fruit"], "_note": "a remark"}"#)
    let result = try tool.run(["eval", "--json", "--map", map, file] + rules)
    #expect(result.status == 0, "\(result.errors)")
    let headline = result.json["headline"]
    #expect(headline?["rows"]?.integer == 7)
    #expect(count(headline, "recall") == [3, 4])
    // The pear is a hit, but under the wrong harm; the plum's category is not in the map.
    #expect(count(headline, "right_harm") == [2, 3])
    #expect(count(headline, "quarantined") == [1, 4])
    #expect(count(headline, "false_positives") == [1, 3])
    #expect(count(headline, "precision") == [3, 4])
    #expect(headline?["recall"]?["rate"] == .null)
    #expect(result.json["near_duplicates"]?["rows"]?.integer == 1)
    let kept = try tool.run(["eval", "--json", "--keep-duplicates", file] + rules)
    #expect(kept.json["headline"]?["rows"]?.integer == 8)
    let sources = result.json["sources"]?.elements ?? []
    #expect(sources.map { $0["source"]?.text } == ["a", "b", "set"])
    let harms = sources[0]["harms"]?.elements ?? []
    #expect(harms.map { $0["harm"]?.text } == ["food/apple", "wood"])
    #expect(harms[0]["packs"] == .array([.string("fruit")]))
    let groups = result.json["by_group"]?.elements ?? []
    #expect(groups.map { $0["name"]?.text } == ["men", "women"])
    #expect(groups.map { count($0, "recall") } == [[1, 1], [2, 2]])
  }

  @Test("A rule is counted where it was found, where it acts, and where it alone does")
  func rulesCounted() throws {
    let result = try tool.run(["eval", "--json", dataset()] + rules)
    let apple = result.json["by_rule"]?.elements.first { $0["rule"]?.text == "fruit.words.apple" }
    #expect(apple?["positives"]?.integer == 2)
    #expect(apple?["true_acts"]?.integer == 2)
    // With "rotten" beside it, either of the two would do.
    #expect(apple?["true_alone"]?.integer == 1)
    #expect(apple?["false_alone"]?.integer == 1)
    let text = try tool.run(["eval", "--by", "rule", dataset()] + rules)
    #expect(text.output.contains("fruit.words.rotten"))
  }

  @Test("Decisions stand one a line in the order of the rows")
  func decisions() throws {
    let out = directory.path + "/decisions.jsonl"
    let result = try tool.run(["eval", "--decisions", out, dataset()] + rules)
    #expect(result.status == 0)
    let lines = Tool.text(out).split(separator: "\n").map(String.init)
    #expect(lines.count == 8)
    #expect(
      lines[1]
        == #"{"line":2,"verdict":"quarantine","scores":{"fruit":90},"#
        + #""rules":["fruit.words.apple","fruit.words.rotten"]}"#)
    #expect(lines[3] == #"{"line":4,"verdict":"pass","scores":{},"rules":[]}"#)
  }

  @Test("Sampled texts are masked unless they are asked for")
  func masking() throws {
    let plain = try tool.run(["eval", dataset()] + rules)
    #expect(plain.output.contains("misses, sampled"))
    #expect(!plain.output.contains("plums are nothing"))
    let revealed = try tool.run(["eval", "--reveal", dataset()] + rules)
    #expect(revealed.output.contains("plums are nothing that any rule knows of"))
  }

  @Test("The report is a page that loads nothing and escapes what it shows")
  func html() throws {
    let page = directory.path + "/report.html"
    let row = #"{"text":"<script>alert(1)</script> & plums in plenty","label":1,"category":"<b>"}"#
    let result = try tool.run(
      ["eval", "--reveal", "--html", page, dataset(Self.rows + row + "\n")] + rules)
    #expect(result.status == 0)
    let text = Tool.text(page)
    #expect(text.contains("<svg"))
    #expect(text.contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp; plums"))
    #expect(!text.contains("<script"))
    #expect(!text.contains("http"))
  }

  @Test("A compressed data set is read like a plain one, a cut-off one is refused")
  func gzip() throws {
    TwoPacks.write(in: directory)
    // "{"text":"an apple","label":1}\n" through gzip -n.
    let bytes: [UInt8] = [
      0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0xFF, 0xAB, 0x56, 0x2A, 0x49, 0xAD,
      0x28,
      0x51, 0xB2, 0x52, 0x4A, 0xCC, 0x53, 0x48, 0x2C, 0x28, 0xC8, 0x49, 0x55, 0xD2, 0x51, 0xCA,
      0x49,
      0x4C, 0x4A, 0xCD, 0x51, 0xB2, 0x32, 0xAC, 0xE5, 0x02, 0x00, 0x5B, 0x36, 0x12, 0x4E, 0x1E,
      0x00,
      0x00, 0x00,
    ]
    let whole = directory.write("set.jsonl.gz", bytes)
    let result = try tool.run(["eval", "--json", whole] + rules)
    #expect(count(result.json["headline"], "recall") == [1, 1], "\(result.errors)")
    let cut = directory.write("cut.jsonl.gz", bytes.dropLast(20))
    let refused = try tool.run(["eval", "--json", cut] + rules)
    #expect(refused.status == 2)
    #expect(refused.errors.contains("[eval-read]"))
  }

  @Test("A line that is no row is named, and nothing is reported")
  func damaged() throws {
    for (row, word) in [
      (#"{"label":1}"#, "without 'text'"), (#"{"text":"a"}"#, "without 'label'"),
      (#"{"text":"a","label":2}"#, "'label' takes 0 or 1"), ("[]", "no JSON object"),
      (#"{"text":"a","label":1"#, "no JSON object"),
    ] {
      let file = dataset(Self.rows + row + "\n")
      let result = try tool.run(["eval", "--json", file] + rules)
      #expect(result.status == 2)
      #expect(result.output.isEmpty)
      #expect(result.errors.contains("set.jsonl:9: error: [eval-row]"), "\(result.errors)")
      #expect(result.errors.contains(word))
    }
  }

  @Test("Harmless text is counted by the million lines")
  func benign() throws {
    TwoPacks.write(in: directory)
    let lines = Array(repeating: "A line of bread and water.", count: 95)
    let file = directory.write(
      "plain.txt",
      (lines + ["", "an apple", "apples and apples", "rotten apples", "end"])
        .joined(separator: "\n"))
    let result = try tool.run(["eval", "--json", "--passage", "10", "--benign", file] + rules)
    let benign = result.json["benign"]
    #expect(benign?["lines"]?.integer == 100)
    #expect(benign?["passages"]?.integer == 10)
    // The last ten lines are one passage with two rules that act.
    #expect(benign?["findings"]?.integer == 2)
    #expect(benign?["findings_per_million_lines"] == .double(20_000))
    #expect(benign?["quarantined"]?.integer == 1)
    let single = try tool.run(["eval", "--json", "--passage", "1", "--benign", file] + rules)
    #expect(single.json["benign"]?["flagged"]?.integer == 3)
  }

  @Test("Two sets of rules are compared row by row")
  func compare() throws {
    let file = dataset()
    TwoPacks.write(in: directory, folder: "new")
    directory.write(
      "new/tree/words.yaml",
      "rules:\n" + TwoPacks.rule("tree.words.plum", "plums?|bread", score: 45))
    let (old, new) = (directory.path + "/rules", directory.path + "/new")
    let result = try tool.run(["eval", "--json", "--compare", old, new, file])
    #expect(result.lines.map { $0["line"]?.integer } == [3, 4, 6])
    #expect(result.lines.map { $0["effect"]?.text } == ["worse", "better", "worse"])
    #expect(result.lines[1]["gained"] == .array([.string("tree.words.plum")]))
    let text = try tool.run(["eval", "--compare", old, new, file])
    #expect(text.output.contains("3 rows differ: 1 harmful rows newly flagged, 1 no longer"))
  }

  @Test("A floor that is not reached is named and fails")
  func floors() throws {
    let file = dataset()
    let good = directory.write("good.json", #"{"a": {"hits": 4, "alarms": 0}}"#)
    #expect(try tool.run(["eval", "--floors", good, file] + rules).status == 0)
    let bad = directory.write(
      "bad.json", #"{"a": {"hits": 5}, "b": {"alarms": 0}, "c": {"hits": 1}}"#)
    let result = try tool.run(["eval", "--floors", bad, file] + rules)
    #expect(result.status == 1)
    #expect(result.errors.contains("a: hits 4, below the floor of 5"))
    #expect(result.errors.contains("b: alarms 1, more than the ceiling of 0"))
    #expect(result.errors.contains("c: hits 0, below the floor of 1"))
  }

  @Test("A profile brings in the rules that ask for it")
  func profiles() throws {
    let file = dataset()
    directory.write(
      "rules/tree/strict.yaml",
      "rules:\n"
        + TwoPacks.rule("tree.strict.plum", "plums?", score: 45, more: "    profiles: [strict]\n"))
    let plain = try tool.run(["eval", "--json", file] + rules)
    #expect(count(plain.json["headline"], "recall") == [3, 4])
    let strict = try tool.run(["eval", "--json", "--profile", "strict", file] + rules)
    #expect(count(strict.json["headline"], "recall") == [4, 4], "\(strict.errors)")
  }

  @Test("In disguise it is said what is kept and what becomes flagged")
  func evade() throws {
    let result = try tool.run(
      ["eval", "--json", "--evade", "swapcase", "--evade", "reversed_text", dataset()] + rules)
    let evade = result.json["evade"]?.elements ?? []
    #expect(evade.map { $0["name"]?.text } == ["swapcase", "reversed_text"])
    #expect(evade.map { count($0, "kept") } == [[3, 3], [3, 3]])
    #expect(try tool.run(["eval", "--evade", "nothing", dataset()] + rules).status == 2)
  }
}
