import Glibc

/// Which folder an event speaks of. Bounded: beyond `most` folders, and where the system's limit of
/// watches is reached, scans stand in for events.
struct WatchedFolders {
  static let most = 8192

  private let watcher: Watcher
  private var paths: [Int32: FilePath] = [:]
  /// Whether a folder could not be watched since the last full scan began.
  private(set) var isIncomplete = false

  init(watcher: Watcher) { self.watcher = watcher }

  subscript(number: Int32) -> FilePath? { paths[number] }

  mutating func beginScan() { isIncomplete = false }

  /// Watches an open folder; call before reading it, so that nothing falls between.
  mutating func add(_ folder: Int32, path: FilePath) throws(SpoolError) {
    guard paths.count < Self.most, let number = try watcher.add(folder, path: path) else {
      isIncomplete = true
      return
    }
    paths[number] = path
  }

  /// The system has ended a watch.
  mutating func ended(_ number: Int32) { paths[number] = nil }
}
