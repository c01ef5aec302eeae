import Foundation
import SluiceCore
import SluiceTestSupport
import Testing

/// The shipped rules on a small sample of public data sets; see `Data/sample/NOTICE.md`.
@Suite struct FloorTests {
  static let here = URL(filePath: #filePath).deletingLastPathComponent().path
  static let rules = here + "/../../Rules"

  @Test("The shipped rules reach the floor of every source")
  func floors() throws {
    let directory = TemporaryDirectory()
    let folder = Self.here + "/Data/sample"
    let files = try FileManager.default.contentsOfDirectory(atPath: folder)
      .filter { $0.hasSuffix(".jsonl.gz") }.sorted()
    #expect(files.count == 12)
    let result = try Tool(directory: directory).run(
      [
        "eval", "--rules", Self.rules, "--json", "--samples", "0",
        "--map", Self.here + "/Data/harms-map.json",
        "--floors", Self.here + "/Data/floors.json",
      ] + files.map { folder + "/" + $0 })
    #expect(result.status == 0, "\(result.errors)")
    let sources = result.json["sources"]?.elements ?? []
    #expect(sources.count == files.count)
    for source in sources {
      let rows =
        (source["rows"]?.integer ?? 0) + (source["near_duplicates"]?["rows"]?.integer ?? 0)
      #expect((1...100).contains(rows), "\(source["source"]?.text ?? "")")
    }
  }
}
