import CSluiceSystem
import Glibc
import SluiceCore

/// A walk through `incoming/`, one entry at a time, that can rest between any two: what it holds is
/// one open folder a level.
final class FolderWalk {
  enum Step {
    /// An entry of an open folder that is no folder, as far as the folder says.
    case entry(folder: Int32, name: FilePath, path: FilePath)
    case unclaimable(path: FilePath, Unclaimable.Reason, String)
    case end
  }

  private struct Level {
    var reader: FolderReader
    var name: FilePath
    var path: FilePath
    var status: FileStatus
    var isEmpty = true
  }

  static let deepest = 64

  /// Whether it goes through all of `incoming/`.
  let isFull: Bool
  /// Names counted and not yet reached.
  private(set) var remaining = 0
  private let spool: Spool
  private let device: UInt64
  private var levels: [Level] = []
  private var start: FilePath?

  /// - Parameter start: the folder below `incoming/`, empty for all of it.
  init(_ spool: Spool, from start: FilePath) throws(SpoolError) {
    self.spool = spool
    self.start = start
    isFull = start.isEmpty
    device = try spool.calls.status(
      of: spool.directories.incoming, FilePath("incoming".utf8)
    ).identity.device
  }

  func next(_ watched: inout WatchedFolders) throws(SpoolError) -> Step {
    if let start {
      self.start = nil
      if let problem = try enter(start, &watched) { return problem }
    }
    while let level = levels.last {
      guard let entry = try level.reader.next(path: level.path) else {
        leave()
        continue
      }
      levels[levels.count - 1].isEmpty = false
      if FileNames.isUnfinished(entry.name) { continue }
      remaining = max(0, remaining - 1)
      let path = FileNames.join(level.path, entry.name)
      guard entry.kind == .folder else {
        return .entry(folder: level.reader.descriptor, name: entry.name, path: path)
      }
      if let problem = try enter(path, &watched) { return problem }
    }
    return .end
  }

  /// Goes down into a folder that turned out to be one.
  func enter(_ path: FilePath, _ watched: inout WatchedFolders) throws(SpoolError) -> Step? {
    guard levels.count < Self.deepest, path.count <= FileNames.longestPath else {
      return .unclaimable(
        path: path, .tooDeep, "more than \(Self.deepest) folders deep, or too long a path")
    }
    let name = FileNames.split(path).name
    let opened: Int32
    if let above = levels.last {
      opened = spool.calls.openFolder(above.reader.descriptor, name)
    } else {
      let path = path.isEmpty ? FilePath(".".utf8) : path
      opened = spool.calls.folderBeneath(spool.directories.incoming, path)
    }
    switch -opened {
    // Gone, or swapped for something else.
    case ENOENT, ENOTDIR, ELOOP: return nil
    case EACCES, EPERM:
      return .unclaimable(path: path, .closedFolder, "the folder is closed to the spool's user")
    default: break
    }
    let folder = Descriptor(try spool.calls.check(opened, "open", path))
    let status = try spool.calls.status(of: folder.number, path)
    if status.identity.device != device {
      return .unclaimable(path: path, .otherFileSystem, "another file system is mounted here")
    }
    if sluice_folder_permits(folder.number) < 0 {
      return .unclaimable(
        path: path, .closedFolder,
        "the folder belongs to user \(status.owner); nothing may be taken out of it")
    }
    try watched.add(folder.number, path: path)
    let reader = try FolderReader(folder.take(), path: path)
    // Once for the count alone, which costs little beside the looks.
    while let entry = try reader.next(path: path) {
      if !FileNames.isUnfinished(entry.name) { remaining += 1 }
    }
    reader.rewind()
    levels.append(Level(reader: reader, name: name, path: path, status: status))
    return nil
  }

  /// Ends a folder, and removes it if it is empty, has been for a while, and is nobody's standing
  /// place to drop things: a source folder (the top level) that the spool's user or root made stays.
  private func leave() {
    let level = levels.removeLast()
    guard level.isEmpty, let above = levels.last else { return }
    let isSource = !level.path.contains(FileNames.slash)
    if isSource && [0, geteuid()].contains(level.status.owner) { return }
    let age =
      spool.clock.now().microseconds &* 1000 - max(level.status.changed, level.status.modified)
    guard age >= Int64(clamping: spool.options.settle.nanoseconds) else { return }
    // Only an empty folder can be removed; any refusal leaves it, which harms nothing.
    _ = spool.calls.removeFolder(above.reader.descriptor, level.name)
  }
}
