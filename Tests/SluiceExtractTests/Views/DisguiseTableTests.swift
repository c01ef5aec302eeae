import Foundation
import SluiceCore
import Testing

@testable import SluiceExtract

@Suite struct DisguiseTableTests {
  /// Where letters are spread and the gaps between words are gone, words can be guessed wrongly.
  @Test(
    "A marked sentence is found under every disguise that keeps words apart",
    arguments: Disguises.all.map(\.name).filter { $0 != "spaced without gaps" })
  func single(name: String) throws {
    let disguise = try #require(Disguises.all.first { $0.name == name })
    #expect(try Self.finds(disguise.apply(Disguises.sentence)))
  }

  /// Which pairs of disguises are undone is written in docs/extraction.md; `SLUICE_WRITE_DOCS=1` in
  /// the environment writes it anew.
  @Test("The table of pairs of disguises in the manual is true")
  func pairs() throws {
    let all = Self.paired
    var table = "| first \\ then |" + all.indices.map { " \($0 + 1) |" }.joined() + "\n|---|"
    table += all.map { _ in "---|" }.joined() + "\n"
    var count = 0
    for (number, first) in all.enumerated() {
      table += "| \(number + 1) \(first.name) |"
      for second in all {
        let isFound = try Self.finds(second.apply(first.apply(Disguises.sentence)))
        count += isFound ? 1 : 0
        table += isFound ? " + |" : "  |"
      }
      table += "\n"
    }
    table += "\n\(count) of \(all.count * all.count) pairs are undone.\n"
    let path = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../../docs/extraction.md")
    let manual = try String(contentsOf: path, encoding: .utf8)
    let marks = ("<!-- pairs -->\n", "<!-- end of pairs -->")
    let start = try #require(manual.range(of: marks.0)?.upperBound)
    let end = try #require(manual.range(of: marks.1)?.lowerBound)
    if ProcessInfo.processInfo.environment["SLUICE_WRITE_DOCS"] != nil {
      try (manual[..<start] + table + manual[end...]).write(
        to: path, atomically: true, encoding: .utf8)
    } else {
      #expect(String(manual[start..<end]) == table)
    }
  }

  /// Without those that are much like others.
  private static let paired = Disguises.all.filter {
    ![
      "mathematical", "circled", "soft hyphens", "Base64, URL-safe", "Base64 of UTF-16",
      "hexadecimal, in pairs", "escapes \\x", "tag characters",
    ].contains($0.name)
  }

  private static func finds(_ text: String) throws -> Bool {
    let item = try extract(Array(text.utf8))
    return item.segments.contains { segment in
      Disguises.holds(segment.text, Disguises.sentence)
        || segment.views.values.contains { Disguises.holds($0.text, Disguises.sentence) }
    }
  }
}
