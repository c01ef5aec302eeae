import SluiceCore
import SluiceRules
import Testing

@testable import SluiceMatch

@Suite struct JudgeConditionTests {
  private func fixture(
    _ condition: String, _ patterns: [String: String] = ["a": "alpha", "b": "beta"],
    more: String = ""
  ) throws -> JudgeFixture {
    // A pattern that the condition does not use would be an error.
    let words = condition.split { !$0.isLetter }
    let used = patterns.filter { words.contains(Substring($0.key)) }
    return try JudgeFixture(
      rules: JudgeFixture.rule("r", patterns: used, condition: condition, more: more))
  }

  private func holds(_ fixture: JudgeFixture, _ text: String) throws -> Bool {
    try !fixture.examine(text).findings.isEmpty
  }

  @Test("and, or and not are judged over the document")
  func boolean() throws {
    let both = try fixture("a and b")
    #expect(try holds(both, "beta, then alpha"))
    #expect(try !holds(both, "alpha alone"))
    let either = try fixture("a or b")
    #expect(try holds(either, "beta"))
    let without = try fixture("a and not b")
    #expect(try holds(without, "alpha"))
    #expect(try !holds(without, "alpha beta"))
  }

  @Test("N of a list counts patterns, not matches")
  func atLeast() throws {
    let two = try fixture("2 of (a, b)")
    #expect(try !holds(two, "alpha alpha"))
    #expect(try holds(two, "alpha beta"))
  }

  @Test("count takes matches from the left without overlap")
  func count() throws {
    let three = try fixture("count(a) >= 3", ["a": "aa"])
    #expect(try !holds(three, "aaaaa"))
    #expect(try holds(three, "aaaaaa"))
    let rare = try fixture("b and count(a) < 2")
    #expect(try holds(rare, "beta alpha"))
    #expect(try !holds(rare, "beta alpha alpha"))
  }

  @Test("near counts characters, not bytes, between the ends that face each other")
  func near() throws {
    let near = try fixture("near(a, b, 3)")
    #expect(try holds(near, "alphaäöübeta"))
    #expect(try !holds(near, "alphaäöüäbeta"))
    #expect(try holds(near, "beta   alpha"))
    let overlapping = try fixture("near(a, b, 0)", ["a": "alphabet", "b": "beta"])
    #expect(try holds(overlapping, "alphabeta"))
  }

  @Test("before wants the first to end at or before the start of the second")
  func before() throws {
    let before = try fixture("before(a, b, 5)")
    #expect(try holds(before, "alpha beta"))
    #expect(try !holds(before, "beta alpha"))
    #expect(try !holds(before, "alpha ------- beta"))
    let overlapping = try fixture("before(a, b, 5)", ["a": "alphabet", "b": "beta"])
    #expect(try !holds(overlapping, "alphabeta"))
  }

  @Test("near uses every match, also those that a find-all would skip")
  func fullSet() throws {
    // A find-all takes "aXa" at 0 and goes on after it; the match at 2 is the near one.
    let near = try fixture("near(a, b, 0)", ["a": "aXa", "b": "beta"])
    #expect(try holds(near, "aXaXabeta"))
  }

  @Test("near does not reach from one segment into another")
  func segments() throws {
    let near = try fixture("near(a, b, 100)")
    let decision = try near.examine("alpha") { examiner in
      near.feed("beta", into: examiner, path: "second")
    }
    #expect(decision.findings.isEmpty)
    let both = try fixture("a and b")
    let across = try both.examine("alpha") { examiner in
      both.feed("beta", into: examiner, path: "second")
    }
    #expect(across.findings.map(\.score) == [70])
  }

  @Test("in looks at one part of a document, and a name is one")
  func part() throws {
    let named = try fixture("in(a, name) and b")
    #expect(try named.examine("beta", name: "alpha.txt").findings.count == 1)
    #expect(try named.examine("beta alpha", name: "x.txt").findings.isEmpty)
    let subject = try fixture("in(a, subject)")
    let decision = try subject.examine("nothing") { examiner in
      subject.feed("alpha", into: examiner, path: "note.txt", part: .subject)
    }
    #expect(decision.findings.count == 1)
  }

  @Test("Documents are judged one by one, unless the rule's scope is the item")
  func scope() throws {
    for (more, count) in [("", 0), ("scope: item", 1)] {
      let both = try fixture("a and b", more: more)
      let decision = try both.examine("alpha") { examiner in
        examiner.endDocument()
        examiner.begin(document: DocumentInfo(path: "other"))
        both.feed("beta", into: examiner, path: "other")
      }
      #expect(decision.findings.count == count)
    }
  }

  @Test("A signal that reading raised holds in its document")
  func signal() throws {
    let lies = try fixture("signal(name-lies) and a")
    #expect(try lies.examine("alpha", signals: [.nameLies]).findings.count == 1)
    #expect(try lies.examine("alpha").findings.isEmpty)
  }

  @Test("The same bytes in several readings count once and are shown once")
  func readings() throws {
    let two = try fixture("count(a) >= 2")
    let decision = try two.examine("") { examiner in
      two.feed("alpha", into: examiner, path: "note.txt", reading: "windows-1252")
      two.feed("alpha", into: examiner, path: "note.txt", reading: "iso-8859-5")
    }
    #expect(decision.findings.isEmpty)
    let one = try fixture("a")
    let shown = try one.examine("") { examiner in
      one.feed("alpha", into: examiner, path: "note.txt", reading: "windows-1252")
      one.feed("alpha", into: examiner, path: "note.txt", reading: "iso-8859-5")
    }
    #expect(shown.findings.first?.places.count == 1)
  }

  @Test("A near miss names the part of the condition that failed, and what was seen")
  func nearMiss() throws {
    let near = try fixture("near(a, b, 3)")
    _ = try near.examine("alpha and then beta")
    #expect(
      try near.explanation().nearMisses.map(\.failed) == [
        ["near(a, b, 3): the nearest are 10 characters apart"]
      ])
  }
}
