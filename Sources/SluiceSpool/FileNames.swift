/// Rules about names and paths of any bytes.
enum FileNames {
  static let slash = UInt8(ascii: "/")
  /// Linux allows 255 bytes in a name and 4,095 in a path; the rest of the path is our own.
  static let longestName = 255
  static let longestPath = 3800

  /// Names that are still being written by convention: `.x`, `x.tmp`, `x.part`.
  static func isUnfinished(_ name: FilePath) -> Bool {
    name.first == UInt8(ascii: ".") || ends(name, with: ".tmp") || ends(name, with: ".part")
  }

  /// Names that could be taken for a sidecar of ours, in either case.
  static func looksLikeSidecar(_ name: FilePath) -> Bool { ends(name, with: ".sluice.json") }

  static func components(_ path: FilePath) -> [FilePath] {
    path.split(separator: slash).map(Array.init)
  }

  static func join(_ components: some Sequence<FilePath>) -> FilePath {
    FilePath(components.joined(separator: [slash]))
  }

  static func join(_ folder: FilePath, _ name: FilePath) -> FilePath {
    folder.isEmpty ? name : folder + [slash] + name
  }

  /// The folder's path (empty at the top) and the last component.
  static func split(_ path: FilePath) -> (folder: FilePath, name: FilePath) {
    guard let cut = path.lastIndex(of: slash) else { return ([], path) }
    return (FilePath(path[..<cut]), FilePath(path[(cut + 1)...]))
  }

  /// Whether `path` stays below where it starts: no empty, `.` or `..` component, no NUL.
  static func isBelow(_ path: FilePath) -> Bool {
    path.split(separator: slash, omittingEmptySubsequences: false).allSatisfy { part in
      !part.isEmpty && part.count <= longestName && !part.contains(0)
        && !part.elementsEqual(".".utf8) && !part.elementsEqual("..".utf8)
    }
  }

  private static func ends(_ name: FilePath, with suffix: StaticString) -> Bool {
    suffix.withUTF8Buffer { suffix in
      name.count >= suffix.count
        && zip(name.suffix(suffix.count), suffix).allSatisfy { byte, wanted in
          // Only letters have a case that this bit holds, and suffixes are lower-case.
          byte == wanted || (wanted >= UInt8(ascii: "a") && byte | 0x20 == wanted)
        }
    }
  }
}
