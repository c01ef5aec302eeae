import SluiceTestSupport

/// A pack with one rule, as small as a pack can be.
enum ToyPack {
  /// Writes the pack into `rules/toy` of `directory`.
  static func write(
    in directory: TemporaryDirectory, word: String = "forbidden", version: String = "1.0.0"
  ) {
    directory.write("rules/toy/pack.yaml", manifest(version))
    directory.write("rules/toy/words.yaml", rule(word))
  }

  static func rule(_ word: String) -> String {
    """
    rules:
      - id: toy.words.forbidden
        title: A forbidden word
        why: Something for tests to find.
        severity: high
        score: 90
        patterns:
          word: '\\b(?:\(word))\\b'
        tests:
          match: ['This is forbidden here.', 'A forbidden thing.']
          pass: ['This is allowed here.', 'Nothing to see.']

    """
  }

  private static func manifest(_ version: String) -> String {
    var text = """
      id: toy
      version: \(version)
      title: A toy
      covers: [one word]
      does_not_cover: [all others]
      licence: Apache-2.0
      languages: [en]
      protected:

      """
    for number in 1...20 { text += "  - The sentence with number \(number) is of no harm.\n" }
    return text
  }
}
