import SluiceCore
import SluiceLog
import SluiceSpool

/// Review of what is kept, in `quarantine/` and in `held/`: whoever owns the spool acts through this,
/// the daemon for callers of its socket, the command line under the lock.
///
/// Each change is an intent: recorded with who and why, then carried out, then settled; one that is
/// cut off is finished by `Recovery` at the next start.
package final class Quarantine: Sendable {
  package let journal: Journal
  let kept: KeptFolders
  /// One change at a time.
  private let turn = Monitor(())

  package init(journal: Journal) {
    self.journal = journal
    kept = KeptFolders(journal: journal)
  }

  func inTurn<Result>(_ body: () throws(ActionError) -> Result) throws(ActionError) -> Result {
    try turn.withLock { (_) throws(ActionError) in try body() }
  }

  /// The item as its sidecar tells of it.
  /// - Throws: `unknownItem` where nothing of that id is kept.
  package func item(_ id: ItemID) throws(ActionError) -> KeptItem {
    guard let destination = try kept.place(of: id) else {
      throw ActionError(.unknownItem, "no item \(id) is kept")
    }
    guard let item = try kept.sidecar(id, in: destination) else {
      throw ActionError(.malformed, "\(id) in \(destination.rawValue)/ has no sidecar")
    }
    return item
  }

  /// Which items are meant; all given ones must hold.
  package struct Filter: Sendable, Hashable {
    package var destination: Destination?
    package var source: String?
    package var harm: String?
    /// Items that this rule hit.
    package var rule: String?
    /// Items that nothing but this rule hit, and that were examined whole: what a wrong rule took.
    package var onlyRule: String?
    /// Leaves out what a reviewer confirmed already.
    package var unreviewed = false

    package init() {}

    func includes(_ item: KeptItem) -> Bool {
      (destination == nil || item.destination == destination)
        && (source == nil || item.source == source)
        && (harm == nil || item.harms.contains(harm!))
        && (rule == nil || item.rules.contains(rule!))
        && (onlyRule == nil || (item.rules == [onlyRule!] && item.causes.isEmpty))
        && (!unreviewed || item.review.confirmed == nil)
    }
  }

  /// The items that `filter` includes, by id, so by the time they were claimed. One whose sidecar is
  /// damaged is left out and named in `damaged`.
  package func list(_ filter: Filter = Filter()) throws(ActionError) -> Listing {
    var listing = Listing()
    for destination in KeptFolders.all
    where filter.destination == nil || filter.destination == destination {
      for id in try kept.contents(of: destination).files {
        do throws(ActionError) {
          if let item = try kept.sidecar(id, in: destination) {
            if filter.includes(item) { listing.items.append(item) }
          } else if try kept.place(of: id) == destination {
            listing.damaged.append(id)
          }
        } catch {
          guard error.code == .malformed else { throw error }
          listing.damaged.append(id)
        }
      }
    }
    listing.items.sort { $0.item < $1.item }
    listing.damaged.sort()
    return listing
  }

  package struct Listing: Sendable, Hashable {
    package var items: [KeptItem] = []
    package var damaged: [ItemID] = []
  }

  /// The oldest item that no reviewer has confirmed, after `skipped`; nil when there is none left.
  package func next(after skipped: ItemID? = nil, _ filter: Filter = Filter())
    throws(ActionError) -> KeptItem?
  {
    var filter = filter
    filter.unreviewed = true
    return try list(filter).items.first { item in skipped.map { item.item > $0 } ?? true }
  }

  /// Records intents and carries them out. What fails for one item is told in its place.
  func carryOut(_ records: [LogRecord]) throws(ActionError) -> [Carried] {
    let recorded = try journal.record(records)
    let time = journal.clock.now()
    var intents: [Intent] = []
    for (record, seq) in zip(records, recorded.seqs) {
      if let intent = Intent(
        event: record.event, seq: seq, time: time, json: .object(record.members))
      {
        intents.append(intent)
      }
    }
    try saveAllowances(intents)
    var results: [Carried] = []
    var allDone = true
    for intent in intents {
      do throws(ActionError) {
        results.append(Carried(intent: intent, path: try carryOut(intent), error: nil))
      } catch {
        if error.code == .stopped { throw error }
        allDone = false
        results.append(Carried(intent: intent, path: nil, error: error))
      }
    }
    // One that failed stays open: the next start tries it again.
    if allDone { journal.settle(recorded) }
    return results
  }

  func saveAllowances(_ intents: [Intent]) throws(ActionError) {
    let changes = intents.flatMap(\.allowances)
    guard !changes.isEmpty else { return }
    try journal.options.reach(.saveAllowances)
    try journal.allowances.apply(changes)
  }

  struct Carried {
    var intent: Intent
    /// Where a released item lies now, below its destination.
    var path: [UInt8]?
    var error: ActionError?
  }
}
