import Glibc
import SluiceCore

extension Spool {
  /// The claims that lie in `work/`, read from the disk alone, batch by batch.
  package func unfinishedClaims() -> UnfinishedClaims {
    UnfinishedClaims(work: directories.work, calls: calls)
  }
}

/// What lies in `work/`, one batch in memory at a time.
package struct UnfinishedClaims: ~Copyable {
  private let work: Int32
  private let calls: FileCalls
  private var batches: FolderReader?
  private var ended = false
  /// What is left of the current batch, the next one last.
  private var claims: [Claim] = []

  init(work: Int32, calls: FileCalls) {
    self.work = work
    self.calls = calls
  }

  /// The next claim; nil after the last. Within a batch by position.
  package mutating func next() throws(SpoolError) -> Claim? {
    while claims.isEmpty {
      guard !ended, let batch = try nextBatch() else {
        ended = true
        return nil
      }
      claims = try read(batch)
    }
    return claims.removeLast()
  }

  private mutating func nextBatch() throws(SpoolError) -> FilePath? {
    if batches == nil { batches = try folder(FilePath(".".utf8)) }
    while let entry = try batches?.next(path: FilePath("work".utf8)) {
      if WorkTidying.isBatch(entry.name) { return entry.name }
    }
    return nil
  }

  private func read(_ batch: FilePath) throws(SpoolError) -> [Claim] {
    guard let entries = try folder(batch) else { return [] }
    var found: [Claim] = []
    while let entry = try entries.next(path: batch) {
      if let (position, id, path) = ClaimPath.parse(claim: entry.name) {
        found.append(claim(batch, position, id, path))
        continue
      }
      guard let (position, id) = ClaimPath.parse(itemFolder: entry.name),
        let path = try claimed(FileNames.join(batch, entry.name))
      else { continue }
      found.append(claim(batch, position, id, path))
    }
    return found.sorted { ($0.position, $0.id) > ($1.position, $1.id) }
  }

  private func claim(_ batch: FilePath, _ position: Int, _ id: ItemID, _ path: FilePath) -> Claim {
    let (source, name) = ClaimPath.sourceAndName(path)
    return Claim(
      id: id, batch: String(decoding: batch, as: UTF8.self), position: position, source: source,
      name: name)
  }

  /// The path below the item's folder of what was claimed: down while there is one entry. (Somebody
  /// can swap a file for a folder in the moment of the claim; that folder is then what was claimed.)
  private func claimed(_ item: FilePath) throws(SpoolError) -> FilePath? {
    var path: FilePath = []
    while let reader = try folder(FileNames.join(item, path)) {
      guard let first = try reader.next(path: item) else { return nil }
      if try reader.next(path: item) != nil { return path.isEmpty ? nil : path }
      path = FileNames.join(path, first.name)
      if first.kind != .folder && first.kind != .unknown { return path }
    }
    return path.isEmpty ? nil : path
  }

  /// nil where `path` is no folder, is gone, or is closed to us.
  private func folder(_ path: FilePath) throws(SpoolError) -> FolderReader? {
    let path = path.last == FileNames.slash ? FilePath(path.dropLast()) : path
    let opened = calls.openFolder(work, path)
    if [-ENOENT, -ENOTDIR, -ELOOP, -EACCES].contains(opened) { return nil }
    return try FolderReader(calls.check(opened, "open", path), path: path)
  }
}
