import SluiceCore
import SluiceLog
import SluiceSpool

/// An item whose decision is recorded, on its way out of `work/`.
struct Placement: Sendable {
  var facts: ItemFacts
  /// The file that has to lie in `work/`; nil where none could be opened.
  var identity: FileIdentity?
  var verdict: Verdict
  var destination: Destination
  /// Below the destination; as the record, or a later `item.placed`, has it.
  var path: [UInt8]
  /// The next name to try when that one is taken.
  var attempt: Int
  /// The members of the deciding record, and its number.
  var record: [JSON.Member]
  var seq: Int
  /// What has to be recorded before anything more is done.
  var pending: LogRecord?

  var claim: Claim { facts.claim }

  /// The next free name is another than the one that was recorded.
  /// - Returns: false when there is no further name to try.
  mutating func moveOn(in spool: Spool) -> Bool {
    while let next = spool.name(of: claim, in: destination, attempt: attempt) {
      attempt += 1
      if next == path { continue }
      path = next
      pending = LogRecord(
        .itemPlaced,
        [
          .init("item", .string(claim.id.description)),
          .init("destination", .string(destination.rawValue)),
          RecordBuilder.text(path, key: "destination_name"),
        ])
      return true
    }
    return false
  }

  /// What lies in `work/` is not what was judged: it is held, with a record of its own.
  mutating func becomeChanged(_ detail: String, masking: Masking) {
    let generation = JSON.object(record)["generation"]?.text ?? ""
    let decision = Decision.held(claim, cause: .changed, detail: detail, generation: generation)
    verdict = .hold
    destination = .held
    path = Array(claim.id.description.utf8)
    attempt = 1
    identity = nil
    let record = RecordBuilder.decision(
      facts: facts, decision: decision, destination: destination.rawValue, placedName: path,
      masking: masking)
    self.record = record.members
    pending = record
  }
}

/// An item that is where it belongs.
package struct Committed: Sendable, Hashable {
  package var item: ItemID
  package var source: String
  package var verdict: Verdict
  package var destination: Destination
  /// Below the destination.
  package var path: [UInt8]
  /// The deciding record.
  package var seq: Int
  package var size: Int
}
