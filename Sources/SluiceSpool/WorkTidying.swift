import Glibc
import SluiceCore

/// Clears `work/` at the start of what was cut off before it became a claim, or after it ended:
/// copies that had not replaced their file, and empty folders. Never a claimed file.
struct WorkTidying {
  private let work: Int32
  private let calls: FileCalls
  private var found: [WorkLeftover] = []

  /// All that is no claim, in an order in which it can be removed. Also while a daemon works: what
  /// goes away meanwhile is left out.
  static func find(_ work: Int32, calls: FileCalls) throws(SpoolError) -> [WorkLeftover] {
    var search = WorkTidying(work: work, calls: calls)
    guard let batches = try search.folder(FilePath(".".utf8)) else { return [] }
    while let batch = try batches.next(path: FilePath("work".utf8)) {
      if isBatch(batch.name) {
        try search.look(batch: batch.name)
      } else {
        search.found.append(.stray(batch.name))
      }
    }
    return search.found
  }

  /// Removes what is spare. Only the spool's owner may.
  static func remove(
    _ leftovers: [WorkLeftover], _ work: Int32, calls: FileCalls
  ) throws(SpoolError) {
    for leftover in leftovers {
      switch leftover {
      case .copy(let path): try calls.check(calls.remove(work, path), "remove", path)
      // Only an empty folder can be removed; any refusal leaves it, which harms nothing.
      case .folder(let path): _ = calls.removeFolder(work, path)
      case .stray: break
      }
    }
  }

  static func isBatch(_ name: FilePath) -> Bool {
    ClaimPath.parse(itemFolder: FilePath("000-".utf8) + name) != nil
  }

  private init(work: Int32, calls: FileCalls) {
    self.work = work
    self.calls = calls
  }

  private mutating func look(batch: FilePath) throws(SpoolError) {
    guard let items = try folder(batch) else { return }
    var claimed: Set<ItemID> = []
    var others: [FilePath] = []
    var keeps = false
    while let item = try items.next(path: batch) {
      if let (_, id, _) = ClaimPath.parse(claim: item.name) {
        claimed.insert(id)
        keeps = true
      } else if ClaimPath.parse(itemFolder: item.name) != nil {
        let path = FileNames.join(batch, item.name)
        let empty = try emptyChain(path)
        found += empty.map(WorkLeftover.folder)
        if empty.last != path { keeps = true }
      } else {
        others.append(item.name)
      }
    }
    for name in others {
      let path = FileNames.join(batch, name)
      if try isSpareCopy(name, in: batch, beside: claimed) {
        found.append(.copy(path))
      } else {
        found.append(.stray(path))
        keeps = true
      }
    }
    if !keeps { found.append(.folder(batch)) }
  }

  /// A copy goes only while what it was copied from is there.
  private func isSpareCopy(
    _ name: FilePath, in batch: FilePath, beside claimed: Set<ItemID>
  ) throws(SpoolError) -> Bool {
    guard name.suffix(ClaimPath.copySuffix.count) == ClaimPath.copySuffix[...] else { return false }
    let base = FilePath(name.dropLast(ClaimPath.copySuffix.count))
    guard let id = ClaimPath.parse(itemFolder: base)?.id else { return false }
    if claimed.contains(id) { return true }
    let path = FileNames.join(batch, base)
    return try folder(path)?.next(path: path) != nil
  }

  /// The folders at `path` that hold nothing but each other, the deepest first; none where the chain
  /// ends in something.
  private func emptyChain(_ path: FilePath) throws(SpoolError) -> [FilePath] {
    var chain = [path]
    while let last = chain.last {
      // Not there any more, a file, or something else that was claimed.
      guard let folder = try folder(last) else { return [] }
      guard let first = try folder.next(path: last) else { break }
      if first.kind != .folder && first.kind != .unknown { return [] }
      if try folder.next(path: last) != nil { return [] }
      chain.append(FileNames.join(last, first.name))
    }
    return chain.reversed()
  }

  /// nil where `path` is no folder, is gone, or is closed to us.
  private func folder(_ path: FilePath) throws(SpoolError) -> FolderReader? {
    let opened = calls.openFolder(work, path)
    if [-ENOENT, -ENOTDIR, -ELOOP, -EACCES].contains(opened) { return nil }
    return try FolderReader(calls.check(opened, "open", path), path: path)
  }
}
