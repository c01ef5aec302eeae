import SluiceCore

/// Where a claim lies: `work/<batch>/<position>-<id>=<path>`, or `work/<batch>/<position>-<id>/<path>`
/// where that would be too long for a name; and back again.
///
/// `<batch>` is an id; `<position>` has three digits; `<path>` is the dropped file's path below
/// `incoming/`, in the first form with `%2F` for a slash and `%25` for a percent sign. So one rename
/// makes a claim, as a rule without a folder of its own, names of any length and bytes fit, and
/// everything that a claim is can be read off the names, with nothing else to keep in step.
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
    guard name.count == itemLength, name[3] == UInt8(ascii: "-"),
      name[..<3].allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
      let position = Int(String(decoding: name[..<3], as: UTF8.self)),
      let id = ItemID(String(decoding: name[4...], as: UTF8.self))
    else { return nil }
    return (position, id)
  }

  /// The path below `work/` of the folder that holds the claim, or what its name begins with.
  static func folder(of claim: Claim) -> FilePath {
    FileNames.join(FilePath(claim.batch.utf8), itemFolder(claim.position, claim.id))
  }

  /// The path below `work/` of the claimed file.
  static func file(of claim: Claim) -> FilePath {
    let folder = folder(of: claim)
    let path = path(source: claim.source, name: claim.name)
    let room = FileNames.longestName - itemLength - 1
    if path.count <= room, let name = escaped(path, most: room) { return folder + [equals] + name }
    return FileNames.join(folder, path)
  }

  private static let equals = UInt8(ascii: "=")
  private static let percent = UInt8(ascii: "%")
  /// Bytes of `<position>-<id>`.
  private static let itemLength = 30

  /// A path as one name; nil where it takes more than `most` bytes.
  private static func escaped(_ path: FilePath, most: Int) -> FilePath? {
    guard path.contains(where: { $0 == FileNames.slash || $0 == percent }) else { return path }
    var name: FilePath = []
    for byte in path {
      switch byte {
      case FileNames.slash: name += FilePath("%2F".utf8)
      case percent: name += FilePath("%25".utf8)
      default: name.append(byte)
      }
    }
    return name.count <= most ? name : nil
  }

  /// Position, id and path of a claim whose whole path stands in one name; nil for any other name.
  static func parse(claim name: FilePath) -> (position: Int, id: ItemID, path: FilePath)? {
    guard name.count > itemLength + 1, name[itemLength] == equals,
      let (position, id) = parse(itemFolder: FilePath(name[..<itemLength]))
    else { return nil }
    var path: FilePath = []
    var index = itemLength + 1
    while index < name.count {
      if name[index] != percent {
        path.append(name[index])
        index += 1
        continue
      }
      switch name[index...].prefix(3) {
      case [percent, UInt8(ascii: "2"), UInt8(ascii: "F")]: path.append(FileNames.slash)
      case [percent, UInt8(ascii: "2"), UInt8(ascii: "5")]: path.append(percent)
      default: return nil
      }
      index += 3
    }
    return FileNames.isBelow(path) ? (position, id, path) : nil
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
