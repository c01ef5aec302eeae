import Foundation
import SluiceCore
import SluiceExtract
import Testing

@Suite struct CorpusTests {
  @Test("A sentence in every format, alone and in every container, is found at its place")
  func corpus() throws {
    let extractor = Extractor(parsers: try Tool.parsers)
    let samples = try Samples()
    var cells: [String: [String: Bool]] = [:]
    for sample in samples.list {
      let opened = try Opened.read(path: sample.path, name: sample.name, with: extractor)
      let places = opened.places(of: Samples.sentence)
      let isFound = places.contains(sample.wanted)
      #expect(isFound, "\(sample.format), \(sample.container): \(places), not \(sample.wanted)")
      #expect(
        opened.causes == [], "\(sample.format), \(sample.container): \(opened.summary.unexamined)")
      cells[sample.format, default: [:]][sample.container] = isFound && opened.causes.isEmpty
    }
    try Self.checkTable(samples.list, cells)
  }

  /// The table in the documentation says what this test found.
  private static func checkTable(
    _ samples: [Samples.Sample], _ cells: [String: [String: Bool]]
  ) throws {
    func unique(_ names: [String]) -> [String] {
      names.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }
    let containers = unique(samples.map(\.container))
    let numbers = containers.indices.dropFirst().map(String.init)
    var lines = [
      "Containers: "
        + zip(numbers, containers.dropFirst()).map { "\($0) \($1)" }.joined(separator: ", ") + ".",
      "", "| format | alone | " + numbers.joined(separator: " | ") + " |",
      "|---" + String(repeating: "|---", count: containers.count) + "|",
    ]
    for format in unique(samples.map(\.format)) {
      let row = containers.map { cells[format]?[$0] == true ? "+" : "" }
      lines.append("| \(format) | " + row.joined(separator: " | ") + " |")
    }
    let page = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "docs/extraction.md")
    let text = try String(contentsOf: page, encoding: .utf8)
    let made = lines.joined(separator: "\n")
    if !text.contains(made) {
      let copy = FileManager.default.temporaryDirectory.appending(path: "sluice-corpus-table.md")
      try made.write(to: copy, atomically: true, encoding: .utf8)
      Issue.record("docs/extraction.md has another table; the one found is in \(copy.path)")
    }
  }
}
