import SluiceCore
import SluiceLog
import SluiceSpool

/// What the log says of all items.
struct CheckedLog {
  struct PlaceKey: Hashable {
    var destination: Destination
    var path: [UInt8]
  }

  private(set) var items: [ItemID: CheckedItem] = [:]
  private(set) var records = 0
  private(set) var last = 0
  /// Number and time of the first record that is still there.
  private(set) var first: (seq: Int, time: Timestamp)?
  /// Items that a record put where something lies now, in the order of the log.
  private var owners: [PlaceKey: [ItemID]] = [:]
  /// Items whose names are sealed and no longer known, by place and digest.
  private var nameless: [Destination: [Digest: [ItemID]]] = [:]
  private var byDigest: [Digest: [ItemID]]?

  /// Lines that are no record are left out: the verification names them.
  /// - Parameter occupied: the places that matter.
  init(
    _ directory: String, occupied: Set<PlaceKey>, progress: () -> Void
  ) throws(ActionError) {
    let reader: LogReader
    do throws(LogError) { reader = try LogReader(directory) } catch {
      throw ActionError(.log, error.description, errno: error.errno)
    }
    while true {
      do throws(LogError) {
        guard let entry = try reader.next() else { break }
        take(entry, occupied)
        if records % 4096 == 0 { progress() }
      } catch {
        guard error.code == .broken else {
          throw ActionError(.log, error.description, errno: error.errno)
        }
      }
    }
  }

  private mutating func take(_ entry: LogEntry, _ occupied: Set<PlaceKey>) {
    records += 1
    last = entry.seq
    if first == nil, let time = entry.time { first = (entry.seq, time) }
    guard let id = entry.item else { return }
    if items[id] != nil {
      items[id]!.add(entry)
    } else {
      guard let item = CheckedItem(entry) else { return }
      items[id] = item
    }
    let stand = items[id]!.last
    guard stand.seq == entry.seq, let destination = stand.destination, !destination.isClosed else {
      return
    }
    if let path = stand.path {
      let key = PlaceKey(destination: destination, path: path)
      if occupied.contains(key) { owners[key, default: []].append(id) }
    } else {
      nameless[destination, default: [:]][items[id]!.sha256, default: []].append(id)
    }
  }

  /// Items that a record put at this place, the latest last.
  func owners(of destination: Destination, _ path: [UInt8]) -> [ItemID] {
    owners[PlaceKey(destination: destination, path: path)] ?? []
  }

  /// Items with this content that were put somewhere there under a name that is no longer known.
  func nameless(in destination: Destination, _ sha256: Digest) -> [ItemID] {
    nameless[destination]?[sha256] ?? []
  }

  mutating func items(with sha256: Digest) -> [ItemID] {
    if byDigest == nil {
      byDigest = Dictionary(grouping: items.keys, by: { items[$0]!.sha256 })
    }
    return byDigest![sha256] ?? []
  }
}
