import Foundation
import Testing

/// The threats of ARCHITECTURE.md: each line names the tests that hold it, and they are there.
@Suite struct ThreatTests {
  private static let root = ArchitectureTests.root

  /// The last cell of each line of the table.
  private func cells() throws -> [(line: String, names: [String])] {
    let text = try String(
      contentsOf: Self.root.appending(path: "ARCHITECTURE.md"), encoding: .utf8)
    let section = try #require(text.components(separatedBy: "\n## Threats\n").last)
      .components(separatedBy: "\n## ")[0]
    return section.split(separator: "\n").filter { $0.hasPrefix("| ") }.dropFirst().map { line in
      let cells = line.split(separator: "|", omittingEmptySubsequences: false)
      let last = cells.count > 4 ? cells[4] : ""
      let names = last.split(separator: "`", omittingEmptySubsequences: false).enumerated()
        .filter { $0.offset % 2 == 1 }.map { String($0.element) }
      return (String(line), names)
    }
  }

  /// `Suite.function` of every test.
  private func tests() throws -> Set<String> {
    var found: Set<String> = []
    let listing = FileManager.default.enumerator(
      at: Self.root.appending(path: "Tests"), includingPropertiesForKeys: nil)
    for case let file as URL in try #require(listing) where file.pathExtension == "swift" {
      let text = try String(contentsOf: file, encoding: .utf8)
      guard let suite = text.firstMatch(of: /@Suite(?:\([^)]*\))? struct (\w+)/)?.output.1 else {
        continue
      }
      for function in text.matches(of: /\n  func (\w+)\(/) {
        found.insert("\(suite).\(function.output.1)")
      }
    }
    return found
  }

  @Test("Each threat names tests, and each of them is there")
  func named() throws {
    let tests = try tests()
    #expect(tests.contains("ThreatTests.named"))
    let cells = try cells()
    #expect(cells.count >= 14)
    for (line, names) in cells {
      #expect(!names.isEmpty, "\(line)")
      for name in names {
        let isThere =
          name.hasPrefix("scripts/")
          ? FileManager.default.isExecutableFile(atPath: Self.root.appending(path: name).path)
          : tests.contains(name)
        #expect(isThere, "\(name)")
      }
    }
  }
}
