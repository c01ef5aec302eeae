import Glibc
import SluiceCore

/// Clears `work/` at the start of what was cut off before it became a claim, or after it ended:
/// copies that had not replaced their file, and empty folders. Never a claimed file.
enum WorkTidying {
  /// - Returns: paths below `work/` that are no part of a claim; at most 100.
  static func run(_ work: Int32, calls: FileCalls) throws(SpoolError) -> [FilePath] {
    var strays: [FilePath] = []
    func stray(_ path: FilePath) { if strays.count < 100 { strays.append(path) } }
    let batches = try reader(work, FilePath(".".utf8), calls)
    while let batch = try batches.next(path: FilePath("work".utf8)) {
      guard isBatch(batch.name) else {
        stray(batch.name)
        continue
      }
      let items = try reader(work, batch.name, calls)
      var claimed: Set<ItemID> = []
      var others: [FilePath] = []
      while let item = try items.next(path: batch.name) {
        if let (_, id, _) = ClaimPath.parse(claim: item.name) {
          claimed.insert(id)
        } else if ClaimPath.parse(itemFolder: item.name) != nil {
          try removeEmpty(work, FileNames.join(batch.name, item.name), calls)
        } else {
          others.append(item.name)
        }
      }
      for name in others {
        let path = FileNames.join(batch.name, name)
        // A copy goes only while what it was copied from is there.
        let base = FilePath(name.dropLast(ClaimPath.copySuffix.count))
        let isCopy = name.suffix(ClaimPath.copySuffix.count) == ClaimPath.copySuffix[...]
        let id = ClaimPath.parse(itemFolder: base)?.id
        var isSpare = isCopy && id.map(claimed.contains) == true
        if isCopy, !isSpare {
          isSpare = try holdsSomething(work, FileNames.join(batch.name, base), calls)
        }
        if isSpare {
          try calls.check(calls.remove(work, path), "remove", path)
        } else {
          stray(path)
        }
      }
      _ = calls.removeFolder(work, batch.name)
    }
    return strays
  }

  static func isBatch(_ name: FilePath) -> Bool {
    ClaimPath.parse(itemFolder: FilePath("000-".utf8) + name) != nil
  }

  private static func reader(_ work: Int32, _ path: FilePath, _ calls: FileCalls)
    throws(SpoolError) -> FolderReader
  {
    try FolderReader(calls.check(calls.openFolder(work, path), "open", path), path: path)
  }

  private static func holdsSomething(_ work: Int32, _ path: FilePath, _ calls: FileCalls)
    throws(SpoolError) -> Bool
  {
    let opened = calls.openFolder(work, path)
    if opened == -ENOENT { return false }
    let folder = try FolderReader(calls.check(opened, "open", path), path: path)
    return try folder.next(path: path) != nil
  }

  /// Removes a chain of folders that ends in nothing.
  private static func removeEmpty(_ work: Int32, _ path: FilePath, _ calls: FileCalls)
    throws(SpoolError)
  {
    var chain = [path]
    while let last = chain.last {
      let opened = calls.openFolder(work, last)
      // A file, or something else that was claimed.
      if opened == -ENOTDIR || opened == -ELOOP || opened == -EACCES { return }
      let folder = try FolderReader(calls.check(opened, "open", last), path: last)
      guard let first = try folder.next(path: last) else { break }
      if first.kind != .folder && first.kind != .unknown { return }
      chain.append(FileNames.join(last, first.name))
    }
    while let last = chain.popLast() {
      if calls.removeFolder(work, last) < 0 { return }
    }
  }
}
