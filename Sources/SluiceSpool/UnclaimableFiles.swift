import SluiceCore

/// What stays in `incoming/`, each reported once while it lies there. Bounded: beyond `most`, things
/// are counted and not listed.
struct UnclaimableFiles {
  static let most = 1000

  private struct Entry {
    var what: Unclaimable
    /// The last full scan that met it.
    var scan: Int
  }

  private var entries: [FilePath: Entry] = [:]
  private var fresh: [Unclaimable] = []
  private var unlisted = 0
  private var scan = 0
  private(set) var changed = false

  var count: Int { entries.count + unlisted }

  var list: [Unclaimable] {
    entries.values.map(\.what).sorted { $0.path.lexicographicallyPrecedes($1.path) }
  }

  mutating func note(_ what: Unclaimable) {
    if let known = entries[what.path], known.what.reason == what.reason {
      entries[what.path]?.scan = scan
    } else if entries.count < Self.most {
      entries[what.path] = Entry(what: what, scan: scan)
      fresh.append(what)
      if fresh.count > Self.most { fresh.removeFirst() }
      changed = true
    } else {
      unlisted += 1
    }
  }

  mutating func forget(_ path: FilePath) {
    guard !entries.isEmpty, entries.removeValue(forKey: path) != nil else { return }
    changed = true
  }

  mutating func beginScan() {
    scan += 1
    unlisted = 0
  }

  /// Drops what a whole scan has not met again.
  mutating func endScan() {
    let before = entries.count
    entries = entries.filter { $0.value.scan == scan }
    if entries.count != before { changed = true }
  }

  mutating func takeFresh() -> [Unclaimable] {
    defer { fresh = [] }
    return fresh
  }

  mutating func takeChanged() -> Bool {
    defer { changed = false }
    return changed
  }
}
