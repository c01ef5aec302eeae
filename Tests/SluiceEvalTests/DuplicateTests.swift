import SluiceEval
import Testing

@Suite struct DuplicateTests {
  private func isDuplicate(_ earlier: [String], _ text: String) -> Bool {
    var index = DuplicateIndex()
    for text in earlier { _ = index.add(Shingles.hashes(of: text)) }
    return index.add(Shingles.hashes(of: text))
  }

  @Test("Half of the runs of four words in one earlier row make a near-duplicate")
  func half() {
    // Eight words are five runs: three is more than half, two is less.
    let earlier = "one two three four five six seven eight"
    #expect(isDuplicate([earlier], "one two three four five six other words"))
    #expect(!isDuplicate([earlier], "one two three four five more other words"))
    // Half of the runs in each of two rows is not half in one; with six runs, three in one are.
    #expect(isDuplicate([earlier], "one two three four five six and some more"))
  }

  @Test("Runs that lie in different earlier rows do not add up")
  func apart() {
    #expect(
      !isDuplicate(
        ["one two three four five", "six seven eight nine ten"],
        "one two three four five six seven eight nine ten"))
  }

  @Test("Case and punctuation do not count, and short texts are taken as a whole")
  func words() {
    #expect(isDuplicate(["Never say THAT again"], "never, say that: again!"))
    #expect(isDuplicate(["Two words"], "two words"))
    #expect(!isDuplicate(["Two words"], "two other"))
    #expect(!isDuplicate(["…"], "…"))
    #expect(isDuplicate(["把钱转到这个账户里"], "把钱转到这个账户里！"))
    #expect(!isDuplicate(["把钱转到这个账户里"], "请今天晚上给我打电话"))
  }

  /// Every shingle is shared by many rows: without a bound on the rows that a shingle leads to, this
  /// would take the square of the number of rows.
  @Test("Common wording does not make it slow")
  func common() {
    var index = DuplicateIndex()
    var duplicates = 0
    for number in 0..<4000 {
      let own = (0..<40).map { "w\(number)x\($0)" }.joined(separator: " ")
      let text = "this message is sent to the members of the list \(own)"
      if index.add(Shingles.hashes(of: text)) { duplicates += 1 }
    }
    #expect(duplicates == 0)
  }
}
