import Glibc
import SluiceCore

// SluiceSpool: the directory tree that Sluice owns: finding, claiming, opening, placing.
// Trusts: root, the spool's own user, the kernel. Nothing about a dropped file is trusted: not its
// name, owner, links, attributes or timing.
// Never: reads what is in a file except to copy it, follows a link, overwrites a file, or deletes
// one that was dropped.

/// A spool that this process owns, laid out, locked and tried.
package final class Spool: Sendable {
  /// As it was opened, without a slash at the end.
  package let path: String
  package let options: SpoolOptions
  package let clock: Clock
  package let directories: Directories
  /// What lay in `work/` at the start without being a claim; left there. At most 100 paths.
  package let strays: [FilePath]
  let calls: FileCalls
  let state: Monitor<State>
  private let lock: SpoolLock

  /// Descriptors of the spool's directories, open until the spool is closed.
  package struct Directories: Sendable {
    package var root: Int32
    package var incoming: Int32 = -1
    package var work: Int32 = -1
    package var passed: Int32 = -1
    package var annotated: Int32 = -1
    package var quarantine: Int32 = -1
    package var held: Int32 = -1

    package subscript(destination: Destination) -> Int32 {
      switch destination {
      case .passed: passed
      case .annotated: annotated
      case .quarantine: quarantine
      case .held: held
      }
    }

    var all: [Int32] { [root, incoming, work, passed, annotated, quarantine, held] }
  }

  /// What is known beyond the disk: about items in hand only, so never much.
  struct State: Sendable {
    /// Copies that items are judged from and that have not yet replaced the claimed file.
    var copies: [ItemID: PendingCopy] = [:]
    /// Since when (monotonic) claimed items have been seen open for writing.
    var writers: [ItemID: UInt64] = [:]
    /// The highest id seen, and the highest whose bytes a failed sync has made doubtful.
    var latest: ItemID?
    var doubtful: ItemID?
    var touched: Set<Destination> = []
    var touchedFolders = false
    /// Batches that a claim has left since the last sync.
    var batches: Set<String> = []
    var keptBytes = 0
    var ids = ItemIDGenerator()
  }

  struct PendingCopy: Sendable {
    var claim: Claim
    var identity: FileIdentity
  }

  private init(
    path: String, options: SpoolOptions, clock: Clock, calls: FileCalls, directories: Directories,
    lock: consuming SpoolLock, strays: [FilePath], keptBytes: Int
  ) {
    self.path = path
    self.options = options
    self.clock = clock
    self.calls = calls
    self.directories = directories
    self.strays = strays
    self.lock = lock
    state = Monitor(State(keptBytes: keptBytes))
  }

  deinit { Self.close(directories) }

  /// Takes ownership of the spool at `path`: lays out what is missing, takes the lock, checks the
  /// format version, tries a rename through all its directories, and removes what an interrupted
  /// claim left behind. Waits for no other process.
  /// - Parameter tidies: false leaves that to `tidyWork`.
  package static func open(
    _ path: String, options: SpoolOptions, clock: Clock, calls: FileCalls = .system,
    tidies: Bool = true
  ) throws(SpoolError) -> Spool {
    let path = normalized(path)
    let root = try SpoolLayout.root(path, calls: calls, make: true)
    let lock = try SpoolLock.take(in: root.number, spool: path)
    try SpoolFormat.settle(in: root.number, spool: path, calls: calls)
    let directories = try openParts(root.take(), path: path, options: options, calls: calls)
    do {
      try SpoolTrial.run(directories, spool: path, calls: calls)
      let leftovers = try WorkTidying.find(directories.work, calls: calls)
      if tidies { try WorkTidying.remove(leftovers, directories.work, calls: calls) }
      let strays = leftovers.lazy.filter { !$0.isSpare }.prefix(100).map(\.path)
      var kept = 0
      for destination in Destination.allCases where destination.isClosed {
        kept += try KeptFiles.bytes(in: directories[destination], name: destination.rawValue)
      }
      return Spool(
        path: path, options: options, clock: clock, calls: calls, directories: directories,
        lock: lock, strays: Array(strays), keptBytes: kept)
    } catch {
      close(directories)
      throw error
    }
  }

  /// Removes from `work/` what an interrupted claim left behind, where `open` did not.
  package func tidyWork() throws(SpoolError) {
    try WorkTidying.remove(
      WorkTidying.find(directories.work, calls: calls), directories.work, calls: calls)
  }

  /// Lays out a spool and lets go of it again, for `sluice init`. What is there already is left as
  /// it is.
  package static func create(_ path: String, options: SpoolOptions) throws(SpoolError) {
    _ = try open(path, options: options, clock: .system)
  }

  /// The pid of the process that owns the spool at `path`; nil if none does, 0 if its pid is not
  /// known.
  package static func owner(of path: String) throws(SpoolError) -> Int32? {
    let path = normalized(path)
    let root = try SpoolLayout.root(path, calls: .system, make: false)
    return try SpoolLock.owner(in: root.number, spool: path)
  }

  private static func openParts(
    _ root: Int32, path: String, options: SpoolOptions, calls: FileCalls
  ) throws(SpoolError) -> Directories {
    var directories = Directories(root: root)
    let places: [WritableKeyPath<Directories, Int32>] = [
      \.incoming, \.work, \.passed, \.annotated, \.quarantine, \.held,
    ]
    do {
      for (part, place) in zip(SpoolLayout.parts, places) {
        directories[keyPath: place] = try SpoolLayout.part(
          part, root: root, spool: path, dropGroup: options.dropGroup, calls: calls
        ).take()
      }
    } catch {
      close(directories)
      throw error
    }
    return directories
  }

  /// Without slashes at the end, which would make the system follow a link.
  private static func normalized(_ path: String) -> String {
    var path = path[...]
    while path.count > 1 && path.last == "/" { path = path.dropLast() }
    return String(path)
  }

  private static func close(_ directories: Directories) {
    for descriptor in directories.all where descriptor >= 0 { Glibc.close(descriptor) }
  }
}
