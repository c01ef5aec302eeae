import SluiceCore

/// Where a claim lies: `work/<batch>/<position>-<id>/<path>`, and back again.
///
/// `<batch>` is an id; `<position>` has three digits; `<path>` is the dropped file's path below
/// `incoming/`. So one rename makes a claim, names of any length and bytes fit, and everything that
/// a claim is can be read off the names, with nothing else to keep in step.
enum ClaimPath {
  /// Claims of one batch.
  static let batchSize = 256
  /// The source of what lies directly in `incoming/`.
  static let defaultSource = "default"

  static func itemFolder(_ position: Int, _ id: ItemID) -> FilePath {
    let digits = String(position)
    return FilePath(
      (String(repeating: "0", count: max(0, 3 - digits.count)) + digits + "-" + id.description).utf8
    )
  }

  /// - Returns: nil for any other name.
  static func parse(itemFolder name: FilePath) -> (position: Int, id: ItemID)? {
    guard name.count == 30, name[3] == UInt8(ascii: "-"),
      name[..<3].allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
      let position = Int(String(decoding: name[..<3], as: UTF8.self)),
      let id = ItemID(String(decoding: name[4...], as: UTF8.self))
    else { return nil }
    return (position, id)
  }

  /// The path below `work/` of the folder that holds the claim.
  static func folder(of claim: Claim) -> FilePath {
    FileNames.join(FilePath(claim.batch.utf8), itemFolder(claim.position, claim.id))
  }

  /// The path below `work/` of the claimed file.
  static func file(of claim: Claim) -> FilePath {
    FileNames.join(folder(of: claim), path(source: claim.source, name: claim.name))
  }

  /// The path below `work/` of the copy that an item is judged from until it replaces the file.
  static func copy(of claim: Claim) -> FilePath { folder(of: claim) + copySuffix }

  static let copySuffix = FilePath(".copy".utf8)

  /// Source and name of a path below `incoming/`. A first folder whose name is no UTF-8 is no
  /// source: it stays part of the name.
  static func sourceAndName(_ path: FilePath) -> (source: String, name: FilePath) {
    guard let cut = path.firstIndex(of: FileNames.slash),
      let source = UTF8Decoding.string(path[..<cut])
    else { return (defaultSource, path) }
    return (source, FilePath(path[(cut + 1)...]))
  }

  /// A path that `sourceAndName` reads as this source and name.
  static func path(source: String, name: FilePath) -> FilePath {
    if source == defaultSource && sourceAndName(name) == (defaultSource, name) { return name }
    return FileNames.join(FilePath(source.utf8), name)
  }
}
