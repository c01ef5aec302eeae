import SluiceCore
import SluiceRules
import Testing

@testable import SluiceMatch

@Suite struct JudgePruningTests {
  private static func rules(_ condition: String) -> String {
    let all = ["a": #"\balpha\b"#, "b": #"\bbravo\b"#, "c": #"\bcharlie\b"#]
    let names = condition.split { !$0.isLetter }.map(String.init)
    let used = all.filter { names.contains($0.key) }
    return JudgeFixture.rule("r", patterns: used, condition: condition)
  }

  private static func confirmations(_ fixture: JudgeFixture, _ texts: [String]) throws -> Int {
    let examiner = Examiner(matcher: try #require(fixture.matcher))
    examiner.begin(item: ItemContext(name: Array("x".utf8)))
    examiner.begin(document: DocumentInfo(path: "x"))
    for text in texts { fixture.feed(text, into: examiner, path: "x") }
    examiner.endDocument()
    let decision = examiner.finish(
      ExtractionSummary(examined: .text), digests: JudgeFixture.digests(of: ""))
    return decision.work["confirmations"] ?? 0
  }

  @Test("A condition that lacks one of its patterns asks PCRE2 nothing")
  func nothingAsked() throws {
    let fixture = try JudgeFixture(rules: Self.rules("a and near(b, c, 200)"))
    #expect(try Self.confirmations(fixture, ["alpha and alpha, bravo too"]) == 0)
    #expect(try Self.confirmations(fixture, ["bravo charlie, both near"]) == 0)
    #expect(try Self.confirmations(fixture, ["alpha bravo charlie"]) > 0)
    // near asks for one segment, and asks over all of them.
    #expect(try Self.confirmations(fixture, ["alpha bravo", "and charlie"]) == 0)
    #expect(try Self.confirmations(fixture, ["alpha", "bravo charlie"]) > 0)
  }

  @Test("A count that there are too few candidates for asks PCRE2 nothing")
  func counts() throws {
    let fixture = try JudgeFixture(rules: Self.rules("count(a) >= 3 or count(b) > 1 and c"))
    #expect(try Self.confirmations(fixture, ["alpha alpha", "bravo charlie"]) == 0)
    #expect(try Self.confirmations(fixture, ["alpha", "alpha", "alpha"]) == 3)
    #expect(try fixture.examine("alpha alpha. Alpha").findings.count == 1)
    #expect(try fixture.examine("bravo charlie bravo").findings.count == 1)
  }

  @Test("Patterns that are not near enough are not asked about")
  func tooFar() throws {
    let fixture = try JudgeFixture(rules: Self.rules("near(a, b, 20) and c"))
    let far = String(repeating: "plain ", count: 20)
    #expect(try Self.confirmations(fixture, ["alpha \(far) bravo charlie"]) == 0)
    #expect(try Self.confirmations(fixture, ["charlie alpha or bravo"]) == 3)
    let ordered = try JudgeFixture(rules: Self.rules("before(a, b, 20)"))
    #expect(try Self.confirmations(ordered, ["bravo \(far) alpha"]) == 0)
  }

  @Test("The rarest is asked about first, and what it leaves no rule for not at all")
  func rarestFirst() throws {
    let fixture = try JudgeFixture(
      rules: JudgeFixture.rule(
        "r", patterns: ["a": #"\balpha\b"#, "b": #"\bbravo\b(?!\W)"#],
        condition: "a and b"))
    let many = String(repeating: "alpha ", count: 30)
    #expect(try Self.confirmations(fixture, ["\(many) bravo."]) == 1)
    #expect(try Self.confirmations(fixture, ["\(many) bravo"]) == 31)
  }

  @Test("Of what must be absent one match is enough")
  func denied() throws {
    let fixture = try JudgeFixture(rules: Self.rules("a and not b"))
    let many = String(repeating: "bravo ", count: 30)
    #expect(try Self.confirmations(fixture, ["alpha \(many)"]) == 2)
    #expect(try fixture.examine("alpha \(many)").findings.isEmpty)
    let both = try JudgeFixture(
      rules: Self.rules("a and not b")
        + JudgeFixture.rule("other", patterns: ["x": #"\bbravo\b"#], condition: "count(x) == 30"))
    #expect(try both.examine("alpha \(many)").findings.map(\.rule) == ["fraud.test.other"])
  }

  @Test("A common pattern is looked for only where a rare one of the rule is")
  func onDemand() throws {
    let fixture = try JudgeFixture(
      rules: JudgeFixture.rule(
        "r", patterns: ["a": #"\balpha\b"#, "b": #"\bthe\b"#], condition: "a and b"))
    #expect(fixture.matcher?.program.facts["on_demand"] == 1)
    #expect(try Self.confirmations(fixture, ["the one and the other"]) == 0)
    #expect(try Self.confirmations(fixture, ["alpha the one", "the other"]) > 1)
    #expect(try fixture.examine("alpha, the other").findings.count == 1)
    #expect(try fixture.examine("alpha and others").findings.isEmpty)
  }

  @Test("A pattern that another rule could hold by is confirmed")
  func sharedPattern() throws {
    let fixture = try JudgeFixture(
      rules: Self.rules("a and b and c")
        + JudgeFixture.rule("other", patterns: ["x": #"\balpha\b"#], condition: "x"))
    #expect(try Self.confirmations(fixture, ["alpha alone"]) > 0)
    #expect(try fixture.examine("alpha alone").findings.map(\.rule) == ["fraud.test.other"])
  }

  @Test("What must be absent proves nothing while it is only a candidate")
  func negation() throws {
    let fixture = try JudgeFixture(rules: Self.rules("a and not b and not c"))
    #expect(try fixture.examine("alpha and bravo").findings.isEmpty)
    #expect(try fixture.examine("alpha and bravos").findings.count == 1)
  }

  @Test("A document too large to be kept is judged as one that is kept")
  func large() throws {
    let fixture = try JudgeFixture(rules: Self.rules("a and near(b, c, 200)"))
    let filler = String(repeating: "plain words of no meaning at all. ", count: 40_000)
    for pieces in [Int.max >> 1, 70_000] {
      let found = try fixture.examine(
        "alpha \(filler) bravo charlie \(filler)", pieces: pieces)
      #expect(found.findings.count == 1)
      #expect(found.findings.first?.places.map(\.offset).count == 3)
      #expect(
        try fixture.examine("alpha \(filler) bravo \(filler) charlie", pieces: pieces).findings
          .isEmpty)
    }
  }

  @Test("A text made of nothing but candidates is judged as any other")
  func overfull() throws {
    let fixture = try JudgeFixture(
      rules: JudgeFixture.rule(
        "many",
        patterns: [
          "a": #"\bal\W{7}\b"#, "b": #"\bal\W{8}\b"#, "c": #"\bal\W{9}\b"#, "d": #"\bbe\b"#,
        ]))
    let text = String(repeating: "al ", count: 300_000)
    #expect(try fixture.examine(text + "be ", pieces: 100_000).findings.count == 1)
    #expect(try fixture.examine(text, pieces: 100_000).findings.isEmpty)
  }

  /// Conditions over a small vocabulary, of every kind that there is.
  private struct Generator {
    var state: UInt64

    mutating func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }

    mutating func pick<Element>(_ elements: [Element]) -> Element { elements[next(elements.count)] }

    mutating func condition(_ names: [String], depth: Int) -> String {
      let kind = next(depth > 0 ? 11 : 7)
      let (one, two) = (pick(names), pick(names))
      switch kind {
      case 0, 1: return one
      case 2:
        return "count(\(one)) \(pick(["<", "<=", "==", "!=", ">=", ">"])) \(1 + next(3))"
      case 3: return one == two ? one : "near(\(one), \(two), \(1 + next(60)))"
      case 4: return one == two ? one : "before(\(one), \(two), \(1 + next(60)))"
      case 5: return "\(1 + next(2)) of (\(names.joined(separator: ", ")))"
      case 6: return "in(\(one), \(pick(["body", "subject", "name"])))"
      case 7: return "not (\(condition(names, depth: depth - 1)))"
      default:
        let parts = (0..<2 + next(2)).map { _ in condition(names, depth: depth - 1) }
        return "(" + parts.joined(separator: pick([" and ", " or "])) + ")"
      }
    }

    mutating func text() -> String {
      let words = [
        "alpha", "bravo", "charlie", "delta", "echo", "alphas", "plain", "no", "don't", "the",
        "and",
      ]
      return (0..<next(14)).map { _ in pick(words) }.joined(separator: pick([" ", ", ", ". "]))
    }
  }

  @Test("Generated rules and documents are judged alike whether or not anything is left out")
  func differential() throws {
    var generator = Generator(state: 20_260_101)
    var (hits, spared) = (0, 0)
    for _ in 0..<25 {
      let fixture = try Self.fixture(&generator)
      let matcher = try #require(fixture.matcher)
      let examiner = Examiner(matcher: matcher)
      for _ in 0..<60 {
        let segments = (0..<1 + generator.next(3)).map { _ in
          (
            text: generator.text(), part: generator.pick([SegmentInfo.Part.body, .subject]),
            folded: generator.next(3) == 0, document: generator.next(4) == 0
          )
        }
        var decisions: [Decision] = []
        for prunes in [true, false] {
          examiner.prunes = prunes
          examiner.begin(item: ItemContext(name: Array("delta.txt".utf8)))
          examiner.begin(document: DocumentInfo(path: "a"))
          for segment in segments {
            if segment.document { examiner.begin(document: DocumentInfo(path: "b")) }
            Self.feed(segment.text, segment.part, folded: segment.folded, into: examiner)
          }
          examiner.endDocument()
          decisions.append(
            examiner.finish(
              ExtractionSummary(examined: .text), digests: JudgeFixture.digests(of: "")))
        }
        let asked = decisions.map { $0.work["confirmations"] ?? 0 }
        #expect(asked[0] <= asked[1])
        spared += asked[1] - asked[0]
        hits += decisions[1].findings.count
        decisions[0].work = decisions[1].work
        #expect(decisions[0] == decisions[1])
      }
    }
    // Both happened: rules that held, and candidates that were left alone.
    #expect(hits > 500)
    #expect(spared > 500)
  }

  private static func fixture(_ generator: inout Generator) throws -> JudgeFixture {
    var rules = ""
    for number in 0..<4 {
      let names = ["a", "b", "c"]
      // Words so common that they are looked for on demand are among them.
      let words = ["alpha", "bravo", "charlie", "delta", "the", "and"]
      var patterns: [String: String] = [:]
      for name in names { patterns[name] = #"\b\#(generator.pick(words))s?\b"# }
      var more = generator.next(3) == 0 ? "except: [denied]" : ""
      if generator.next(5) == 0 { more += "\nscope: item" }
      rules += JudgeFixture.rule(
        "r\(number)", patterns: patterns,
        condition: "(1 of (a, b, c)) and (\(generator.condition(names, depth: 2)))",
        more: more)
    }
    let exceptions = """
      exceptions:
        - id: denied
          why: It is denied.
          patterns:
            no: '\\b(?:no|don.t)\\b'
          tests:
            match: ['no, it is not']
      """
    let overrides = """
        - rule: fraud.test.r0
          effect: ignore
          pattern: 'bravo plain'
          reason: It is plain.
          owner: ops
      """
    return try JudgeFixture(
      rules: rules, manifest: exceptions, overrides: generator.next(2) == 0 ? overrides : nil)
  }

  private static func feed(
    _ text: String, _ part: SegmentInfo.Part, folded: Bool, into examiner: Examiner
  ) {
    examiner.begin(segment: SegmentInfo(path: "a > \(part.rawValue)", part: part))
    let bytes = Array(text.utf8)
    bytes.withUnsafeBytes { bytes in
      examiner.text(bytes, map: OffsetMap(identityAt: 0), last: true)
      // As a view that undoes something would have it: of the same length, other characters.
      if folded, !bytes.isEmpty {
        Array(text.replacing("plain", with: "bravo").utf8).withUnsafeBytes {
          examiner.view(.folded, $0, map: OffsetMap(identityAt: 0), last: true)
        }
      }
    }
    examiner.endSegment()
  }
}
