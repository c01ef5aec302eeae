import SluiceCore

/// The names to try for an item in a destination, in order.
enum PlacedNames {
  /// Numbers that are tried after the intended name.
  static let numbers = 99

  static func name(of claim: Claim, in destination: Destination, attempt: Int) -> FilePath? {
    let id = FilePath(claim.id.description.utf8)
    if destination.isClosed { return attempt == 0 ? id : nil }
    let source = claim.source == ClaimPath.defaultSource ? [] : FilePath(claim.source.utf8)
    let (folder, dropped) = FileNames.split(FileNames.join(source, claim.name))
    // Nobody but Sluice puts something into a destination that reads as its sidecar.
    let leaf = FileNames.looksLikeSidecar(dropped) ? id : dropped
    let numbered = leaf.count + 3 <= FileNames.longestName ? numbers : 0
    switch attempt {
    case 0: return FileNames.join(folder, leaf)
    case 1...max(1, numbered) where attempt <= numbered:
      return FileNames.join(folder, number(leaf, attempt))
    case numbered + 1: return FileNames.join(folder, id)
    // Also free where a folder of the path cannot be made.
    case numbered + 2 where !folder.isEmpty: return id
    default: return nil
    }
  }

  /// `offer.eml` → `offer.1.eml`; a name without an extension gets one.
  private static func number(_ leaf: FilePath, _ number: Int) -> FilePath {
    let infix = FilePath(".\(number)".utf8)
    guard let dot = leaf.lastIndex(of: UInt8(ascii: ".")), dot > 0 else { return leaf + infix }
    return FilePath(leaf[..<dot]) + infix + leaf[dot...]
  }
}
