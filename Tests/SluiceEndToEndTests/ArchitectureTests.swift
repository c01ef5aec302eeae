import Foundation
import Testing

/// The one-way arrows between targets, as ARCHITECTURE.md draws them.
@Suite struct ArchitectureTests {
  /// What each target of ours may use of ours; C targets may be used where they are named.
  static let arrows: [String: Set<String>] = [
    "CPCRE2": [], "CVectorscan": [], "CZlib": [], "CSluiceSystem": [], "CSluiceScan": [],
    "CLibArchive": [], "CGMime": [], "CPoppler": [], "CLibXML2": [], "CGumbo": [],
    "CLibMagic": [], "CYtnef": [], "CSluiceJail": [], "CSluicePictures": [],
    "CSluiceLook": [], "SluiceCore": [],
    "SluiceRules": ["SluiceCore"],
    "SluiceMatch": ["SluiceCore", "SluiceRules", "CPCRE2", "CVectorscan", "CSluiceScan"],
    "SluiceExtract": ["SluiceCore", "CSluiceSystem", "CSluiceLook"],
    "SluiceParsers": parsers.union(["SluiceCore", "SluiceExtract", "CSluiceSystem"]),
    "sluice-extract": ["SluiceParsers"],
    "SluiceSpool": ["SluiceCore", "CSluiceSystem"],
    "SluiceLog": ["SluiceCore", "CSluiceSystem"],
    "SluiceActions": ["SluiceCore", "SluiceSpool", "SluiceLog", "CSluiceSystem"],
    "SluiceDaemon": [
      "SluiceCore", "SluiceRules", "SluiceMatch", "SluiceExtract", "SluiceSpool", "SluiceLog",
      "SluiceActions", "CSluiceSystem",
    ],
    "sluiced": ["SluiceCore", "SluiceDaemon"],
    "sluice": [
      "SluiceCore", "SluiceRules", "SluiceMatch", "SluiceExtract", "SluiceSpool", "SluiceLog",
      "SluiceActions", "SluiceDaemon", "SluiceEval",
    ],
    "SluiceEval": ["SluiceCore", "CZlib"],
    "SluiceBenchmark": ["SluiceCore", "SluiceRules", "SluiceMatch"],
    "SluiceTestSupport": ["SluiceCore"],
  ]

  /// What only the sandboxed child may load.
  static let parsers: Set<String> = [
    "CLibArchive", "CGMime", "CPoppler", "CLibXML2", "CGumbo", "CLibMagic", "CYtnef", "CSluiceJail",
    "CSluicePictures",
  ]

  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  @Test("The package description has no arrow that is not drawn")
  func description() throws {
    let scratch = FileManager.default.temporaryDirectory
      .appending(path: "sluice-describe-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: scratch) }
    // A scratch path of its own: the usual one is locked by the running test.
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [
      "swift", "package", "--scratch-path", scratch.path, "--package-path", Self.root.path,
      "dump-package",
    ]
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
    let package = try JSONDecoder().decode(Description.self, from: data)
    let own = package.targets.filter { $0.type != "test" }
    #expect(Set(own.map(\.name)) == Set(Self.arrows.keys))
    for target in own {
      let drawn = try #require(Self.arrows[target.name])
      let used = target.dependencies.compactMap(\.name).filter { Self.arrows[$0] != nil }
      #expect(Set(used).isSubset(of: drawn), "\(target.name) uses \(used)")
    }
  }

  @Test("No source file imports what its target may not use")
  func imports() throws {
    var files = 0
    for (target, drawn) in Self.arrows {
      let folder = Self.root.appending(path: "Sources/\(target)")
      let listing = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
      for case let file as URL in try #require(listing) where file.pathExtension == "swift" {
        files += 1
        for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
          let words = line.split(separator: " ")
          guard let index = words.firstIndex(of: "import"), index + 1 < words.count,
            words[..<index].allSatisfy({ $0.hasPrefix("@") || $0.hasSuffix("import") })
          else { continue }
          let module = String(words[index + 1].split(separator: ".")[0])
          guard Self.arrows[module] != nil else { continue }
          #expect(
            drawn.contains(module), "\(file.lastPathComponent) of \(target) imports \(module)")
        }
      }
    }
    #expect(files > 50)
  }

  @Test("Only matching imports the expression libraries")
  func expressionLibraries() {
    for (target, drawn) in Self.arrows where target != "SluiceMatch" {
      #expect(drawn.isDisjoint(with: ["CPCRE2", "CVectorscan"]), "\(target)")
    }
  }

  @Test("Only the sandboxed child imports parsers that are written in C")
  func cParsers() {
    for (target, drawn) in Self.arrows where target != "SluiceParsers" {
      #expect(drawn.isDisjoint(with: Self.parsers), "\(target)")
      #expect(target == "sluice-extract" || !drawn.contains("SluiceParsers"), "\(target)")
    }
  }

  private struct Description: Decodable {
    struct Target: Decodable {
      var name: String
      var type: String
      var dependencies: [Dependency]
    }
    /// `byName: ["X", null]` or `product: ["X", "package", …]`.
    struct Dependency: Decodable {
      var name: String?
      init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        for key in container.allKeys {
          var list = try container.nestedUnkeyedContainer(forKey: key)
          name = try list.decodeIfPresent(String.self)
        }
      }
      struct Key: CodingKey {
        var stringValue: String
        var intValue: Int? { nil }
        init?(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
      }
    }
    var targets: [Target]
  }
}
