import Glibc
import SluiceCore
import SluiceRules

/// A file with one word or phrase a line, matched as whole words.
struct WordList {
  /// Together they match what the list holds; each is an alternation short enough to compile well.
  let expressions: [String]

  private static let mostWords = 50_000
  private static let wordsAnExpression = 200

  init(_ file: ListFile) throws(ListFailure) {
    var words: Set<String> = []
    let descriptor = try ListReader.read(file) { (number, _, line) throws(ListFailure) in
      guard let word = UTF8Decoding.string(line) else {
        throw ListFailure(
          code: "list-line", message: "line \(number) of the list is not valid UTF-8")
      }
      guard word.unicodeScalars.count <= 200 else {
        throw ListFailure(
          code: "list-line", message: "line \(number) of the list is longer than 200 characters")
      }
      words.insert(word)
      guard words.count <= Self.mostWords else {
        throw ListFailure(
          code: "list-too-large", message: "a word list holds at most \(Self.mostWords) words")
      }
    }
    close(descriptor)
    // Longer ones first: of those that begin at one place the longest is meant.
    let ordered = words.sorted { ($1.unicodeScalars.count, $0) < ($0.unicodeScalars.count, $1) }
    expressions = stride(from: 0, to: ordered.count, by: Self.wordsAnExpression).map { start in
      let part = ordered[start..<min(ordered.count, start + Self.wordsAnExpression)]
      return #"(?<!\w)(?:"# + part.map(Self.quoted).joined(separator: "|") + #")(?!\w)"#
    }
  }

  /// The word as an expression: spaces of a phrase match any short white space.
  private static func quoted(_ word: String) -> String {
    var text = ""
    for scalar in word.unicodeScalars {
      if scalar == " " || scalar == "\t" {
        if !text.hasSuffix("\\s{1,3}") { text += "\\s{1,3}" }
      } else if scalar.isASCII, !scalar.properties.isAlphabetic,
        !("0"..."9").contains(scalar), scalar.value > 0x20
      {
        text += "\\" + String(scalar)
      } else {
        text += String(scalar)
      }
    }
    return text
  }
}
