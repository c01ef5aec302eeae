import SluiceCore
import SluiceRules
import Testing

@testable import SluiceMatch

@Suite struct JudgePlaceTests {
  private func fixture() throws -> JudgeFixture {
    try JudgeFixture(rules: JudgeFixture.rule("r", patterns: ["a": "alpha"]))
  }

  @Test(
    "A place has line, column in characters, offset and length in bytes", arguments: [nil, 1, 7])
  func place(pieces: Int?) throws {
    let text = "erste Zeile\nzweite äöü alpha\n"
    let place = try #require(
      try fixture().examine(text, pieces: pieces).findings.first?.places.first)
    #expect(place.line == 2)
    #expect(place.column == 12)
    #expect(place.offset == 12 + 14)
    #expect(place.length == 5)
    #expect(place.excerpt == "alpha")
  }

  @Test("A place deep in a large text is right, across block and piece borders")
  func deep() throws {
    let line = "ein Satz mit Umlauten äöü und etwas mehr Text dazu\n"
    let text = String(repeating: line, count: 5000) + "é alpha"
    let place = try #require(
      try fixture().examine(text, pieces: 4099).findings.first?.places.first)
    #expect(place.line == 5001)
    #expect(place.column == 3)
    #expect(place.offset == 5000 * line.utf8.count + 3)
  }

  @Test("A map leads to the bytes of the item, whatever the width of its characters")
  func mapped() throws {
    let fixture = try fixture()
    let decision = try fixture.examine("") { examiner in
      examiner.begin(segment: SegmentInfo(path: "wide"))
      Array("x alpha".utf8).withUnsafeBytes { bytes in
        let map = OffsetMap(runs: [.init(text: 0, origin: 2, textStep: 1, originStep: 2)])
        examiner.text(bytes, map: map, last: true)
      }
      examiner.endSegment()
    }
    let place = try #require(decision.findings.first?.places.first)
    #expect(place.offset == 2 + 4)
    #expect(place.length == 10)
  }

  @Test("Matches of one pattern in several views that stem from the same characters count once")
  func views() throws {
    let fixture = try JudgeFixture(
      rules: JudgeFixture.rule("r", patterns: ["a": "alpha"], condition: "count(a) == 2"))
    let decision = try fixture.examine("") { examiner in
      examiner.begin(segment: SegmentInfo(path: "s"))
      // Only the second word differs in the folded view.
      Array("alpha, a1pha!".utf8).withUnsafeBytes {
        examiner.text($0, map: OffsetMap(), last: true)
      }
      Array("alpha, alpha!".utf8).withUnsafeBytes {
        examiner.view(.folded, $0, map: OffsetMap(), last: true)
      }
      examiner.endSegment()
    }
    let places = try #require(decision.findings.first?.places)
    #expect(places.map(\.view) == [.text, .folded])
    #expect(places.map(\.excerpt) == ["alpha", "a1pha"])
  }

  @Test("A name has no line, column or offset")
  func name() throws {
    let place = try #require(
      try fixture().examine("", name: "alpha.doc").findings.first?.places.first)
    #expect(place.segment == "alpha.doc > name")
    #expect(place.line == nil && place.column == nil && place.offset == nil)
  }

  @Test("What goes beyond the kept matches holds the item")
  func bounded() throws {
    let text = String(repeating: "alpha ", count: 10_001)
    let decision = try fixture().examine(text)
    #expect(decision.unexamined.map(\.cause) == [.engineLimit])
    #expect(decision.verdict == .hold)
    let just = try fixture().examine(String(repeating: "alpha ", count: 10_000))
    #expect(just.unexamined.isEmpty)
    #expect(just.findings.first?.places.count == 32)
  }

  @Test("Where no more matches are kept, no more are looked for")
  func full() throws {
    let fixture = try fixture()
    let some = try fixture.examine(String(repeating: "alpha ", count: 10_001))
    let many = try fixture.examine(String(repeating: "alpha ", count: 150_000))
    for decision in [some, many] {
      #expect(decision.unexamined.map(\.cause) == [.engineLimit])
      #expect(try #require(decision.work["confirmations"]) == 10_001)
    }
  }

  @Test("An item without any document is judged by its name")
  func empty() throws {
    let fixture = try fixture()
    let examiner = Examiner(matcher: try #require(fixture.matcher))
    examiner.begin(item: ItemContext(name: Array("alpha.bin".utf8)))
    let decision = examiner.finish(
      ExtractionSummary(examined: .metadata), digests: JudgeFixture.digests(of: ""))
    #expect(decision.verdict == .annotate)
  }
}
