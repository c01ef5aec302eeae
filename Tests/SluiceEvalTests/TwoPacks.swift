import SluiceTestSupport

/// Two packs with a rule or two, for texts about apples and pears.
enum TwoPacks {
  static func write(in directory: TemporaryDirectory, folder: String = "rules") {
    directory.write("\(folder)/fruit/pack.yaml", manifest("fruit"))
    directory.write(
      "\(folder)/fruit/words.yaml",
      "rules:\n" + rule("fruit.words.apple", "apples?", score: 50)
        + rule("fruit.words.rotten", "rotten", score: 40))
    directory.write("\(folder)/tree/pack.yaml", manifest("tree"))
    directory.write(
      "\(folder)/tree/words.yaml", "rules:\n" + rule("tree.words.pear", "pears?", score: 45))
  }

  static func rule(_ id: String, _ word: String, score: Int, more: String = "") -> String {
    let plain = word.replacing("?", with: "")
    return """
        - id: \(id)
          title: The word \(plain)
          why: Something for tests to find.
          severity: medium
          score: \(score)
      \(more)    patterns:
            word: '\\b(?:\(word))\\b'
          tests:
            match: ['There are \(plain) here.', 'Nothing but \(plain).']
            pass: ['This is allowed here.', 'Nothing to see.']

      """
  }

  private static func manifest(_ id: String) -> String {
    var text = """
      id: \(id)
      version: 1.0.0
      title: A toy
      covers: [words]
      does_not_cover: [all others]
      licence: Apache-2.0
      languages: [en]
      protected:

      """
    for number in 1...20 { text += "  - The sentence with number \(number) is of no harm.\n" }
    return text
  }
}
