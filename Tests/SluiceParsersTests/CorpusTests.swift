import Foundation
import SluiceCore
import SluiceExtract
import Testing

@Suite struct CorpusTests {
  @Test("A sentence in every format, alone and in every container, is found at its place")
  func corpus() throws {
    let extractor = Extractor(parsers: try Tool.parsers)
    let (alone, nested) = try Samples.all()
    var rows: [String: [Bool]] = [:]
    for (container, samples) in [("alone", alone)]
      + Samples.containers.map({ ($0.format, nested[$0.format]!) })
    {
      for sample in samples {
        let opened = try Opened.read(sample.bytes, name: sample.name, with: extractor)
        let wanted = sample.place.isEmpty ? sample.name : sample.name + " > " + sample.place
        let places = opened.places(of: Samples.sentence)
        let isFound = places.contains { Self.fits($0, wanted) }
        #expect(isFound, "\(sample.format), \(container): \(places), not \(wanted)")
        #expect(
          opened.causes == [], "\(sample.format), \(container): \(opened.summary.unexamined)")
        rows[sample.format, default: []].append(isFound && opened.causes.isEmpty)
      }
    }
    try Self.checkTable(rows)
  }

  /// Whether a path is the one wanted. What was found inside a file has a name of its own in
  /// between, and compression inside compression is undone in one go.
  static func fits(_ path: String, _ wanted: String) -> Bool {
    let endings = [".gz", ".xz", ".bz2", ".zst", ".lz4", ".uu"]
    func parts(_ path: String) -> [String] {
      var parts: [String] = []
      for part in path.components(separatedBy: " > ") where !part.contains(" at byte ") {
        let layer = parts.last.map { last in endings.contains { last.hasSuffix($0) } } ?? false
        if layer, (endings + [".tar", ".cpio"]).contains(where: { part.hasSuffix($0) }) {
          continue
        }
        parts.append(part)
      }
      return parts
    }
    return path == wanted || parts(path) == parts(wanted)
  }

  /// The table in the documentation says what this test found.
  private static func checkTable(_ rows: [String: [Bool]]) throws {
    let columns = ["alone"] + Samples.containers.map { "in " + $0.format }
    var lines = ["| format | " + columns.joined(separator: " | ") + " |"]
    lines.append("|---" + String(repeating: "|---", count: columns.count) + "|")
    for place in Samples.places {
      let cells = rows[place.format]!.map { $0 ? "yes" : "NO" }
      lines.append("| \(place.format) | " + cells.joined(separator: " | ") + " |")
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
