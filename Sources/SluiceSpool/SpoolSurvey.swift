import Glibc
import SluiceCore

/// A spool as it lies on the disk, looked at without owning it: nothing is made, moved, locked or
/// changed. While a daemon works, what is seen may have moved on by the time it is looked at again.
package final class SpoolSurvey: Sendable {
  package enum Place: String, Sendable, Hashable, CaseIterable {
    case incoming, work, passed, annotated, quarantine, held

    package var destination: Destination? { Destination(rawValue: rawValue) }
  }

  /// Something that is no folder.
  package struct Thing: Sendable, Hashable {
    package var place: Place
    /// Below the place.
    package var path: FilePath
    package var status: FileStatus

    /// Below the spool.
    package var fullPath: FilePath { FileNames.join(FilePath(place.rawValue.utf8), path) }
  }

  package let path: String
  /// Places that are not there; the next start lays them out.
  package let missing: [Place]
  private let root: Descriptor
  private let folders: [Place: Int32]
  private let calls = FileCalls.system

  /// - Throws: `notDirectory` also where the directory is no spool at all.
  package init(_ path: String) throws(SpoolError) {
    var path = path[...]
    while path.count > 1 && path.last == "/" { path = path.dropLast() }
    self.path = String(path)
    root = try SpoolLayout.root(self.path, calls: calls, make: false)
    var folders: [Place: Int32] = [:]
    var missing: [Place] = []
    do throws(SpoolError) {
      for place in Place.allCases {
        let opened = calls.openFolder(root.number, FilePath(place.rawValue.utf8))
        if opened == -ENOENT {
          missing.append(place)
        } else {
          folders[place] = try calls.check(opened, "open", "\(self.path)/\(place.rawValue)".bytes)
        }
      }
      guard missing.isEmpty || !folders.isEmpty else {
        throw SpoolError(.notDirectory, "\(self.path) is no spool: it has none of its folders")
      }
    } catch {
      for descriptor in folders.values { Glibc.close(descriptor) }
      throw error
    }
    self.folders = folders
    self.missing = missing
  }

  deinit { for descriptor in folders.values { Glibc.close(descriptor) } }

  /// The pid of the process that owns the spool now: nil if none does, 0 if it is not known.
  package func owner() throws(SpoolError) -> Int32? {
    try SpoolLock.owner(in: root.number, spool: path)
  }

  /// All that lies in a place and is no folder, at any depth, links never followed; and the folders,
  /// below the place, that are closed to this user: others may leave such in `incoming/`.
  package func things(in place: Place) throws(SpoolError) -> (things: [Thing], closed: [FilePath]) {
    guard let top = folders[place] else { return ([], []) }
    var things: [Thing] = []
    var closed: [FilePath] = []
    var waiting: [FilePath] = [[]]
    while let path = waiting.popLast() {
      let reader: FolderReader?
      do throws(SpoolError) { reader = try open(path, below: top) } catch {
        guard error.errno == EACCES, !path.isEmpty else { throw error }
        closed.append(path)
        continue
      }
      guard let folder = reader else { continue }
      while let entry = try folder.next(path: path) {
        let below = FileNames.join(path, entry.name)
        guard let status = try calls.look(folder.descriptor, entry.name) else { continue }
        if status.kind == .folder {
          waiting.append(below)
        } else {
          things.append(Thing(place: place, path: below, status: status))
        }
      }
    }
    return (things, closed)
  }

  /// The claims in `work/`, and what lies there beside them.
  package func work() throws(SpoolError) -> (claims: [Claim], leftovers: [WorkLeftover]) {
    guard let work = folders[.work] else { return ([], []) }
    var claims: [Claim] = []
    var iterator = UnfinishedClaims(work: work, calls: calls)
    while let claim = try iterator.next() { claims.append(claim) }
    return (claims, try WorkTidying.find(work, calls: calls))
  }

  /// Where a claim's file lies, below the spool.
  package static func path(of claim: Claim) -> FilePath {
    FileNames.join(FilePath(Place.work.rawValue.utf8), ClaimPath.file(of: claim))
  }

  /// A regular file, open for reading; the caller closes it.
  /// - Returns: nil where another or nothing lies there by now.
  /// - Throws: with EACCES for a file that this user may not read.
  package func open(_ thing: Thing) throws(SpoolError) -> Int32? {
    guard thing.status.kind == .regular, let top = folders[thing.place] else { return nil }
    let (path, name) = FileNames.split(thing.path)
    guard let folder = try open(path, below: top) else { return nil }
    let handle = calls.handle(folder.descriptor, name)
    if handle == -ENOENT { return nil }
    let file = Descriptor(try calls.check(handle, "open", thing.fullPath))
    guard try calls.status(of: file.number, thing.fullPath).identity == thing.status.identity else {
      return nil
    }
    return try calls.check(calls.reopen(file.number), "open", thing.fullPath)
  }

  /// A small file of the spool's own, such as one of `state/`; nil where there is none.
  /// - Parameter limit: bytes at most.
  package func read(_ name: String, limit: Int = 1 << 20) throws(SpoolError) -> [UInt8]? {
    let path = FilePath(name.utf8)
    let (folder, file) = FileNames.split(path)
    guard let above = try open(folder, below: root.number) else { return nil }
    let handle = calls.handle(above.descriptor, file)
    if handle == -ENOENT { return nil }
    let found = Descriptor(try calls.check(handle, "open", path))
    guard try calls.status(of: found.number, path).kind == .regular else { return nil }
    let opened = Descriptor(try calls.check(calls.reopen(found.number), "open", path))
    var bytes = [UInt8](repeating: 0, count: limit)
    let count = bytes.withUnsafeMutableBytes { calls.read(opened.number, $0, 0) }
    if count < 0 { throw SpoolError("read", path, errno: Int32(-count)) }
    return Array(bytes.prefix(Int(count)))
  }

  /// Names in a folder of the spool's own; none where there is no such folder.
  package func names(in folder: String) throws(SpoolError) -> [FilePath] {
    let path = FilePath(folder.utf8)
    guard let reader = try open(path, below: root.number) else { return [] }
    var names: [FilePath] = []
    while let entry = try reader.next(path: path) { names.append(entry.name) }
    return names
  }

  /// nil where it is gone or is no folder by now.
  private func open(_ path: FilePath, below top: Int32) throws(SpoolError) -> FolderReader? {
    let opened = calls.folderBeneath(top, path)
    if [-ENOENT, -ENOTDIR, -ELOOP].contains(opened) { return nil }
    return try FolderReader(calls.check(opened, "open", path), path: path)
  }
}

extension String {
  fileprivate var bytes: [UInt8] { Array(utf8) }
}
