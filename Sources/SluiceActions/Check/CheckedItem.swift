import SluiceCore
import SluiceLog
import SluiceSpool

/// What the log says of one item, in the order it says it.
struct CheckedItem: Sendable {
  /// Where a record puts it; nil for what leaves the spool (deleted, streamed to a caller, vanished).
  struct Stand: Sendable, Hashable {
    var destination: Destination?
    /// Below the destination; nil where it is sealed and its plain value has expired.
    var path: [UInt8]?
    /// What the record was, for a sentence.
    var event: LogRecord.Event
    var seq: Int
  }

  var sha256: Digest
  var decisions = 0
  var lastDecision: LogRecord.Event
  /// Held because it was not what had been judged: its bytes need not be those of the record.
  var isChanged = false
  /// The latest last; never empty.
  var stands: [Stand]

  /// - Returns: nil for a record that is no decision.
  init?(_ entry: LogEntry) {
    guard let decision = entry.decision else { return nil }
    sha256 = decision.sha256
    lastDecision = entry.event
    stands = []
    decide(decision)
  }

  var last: Stand { stands[stands.count - 1] }

  /// Takes up what a later record says.
  mutating func add(_ entry: LogEntry) {
    if let decision = entry.decision { return decide(decision) }
    let path = entry.json.name("destination_name")
    let destination = entry.json["destination"]?.text.flatMap(Destination.init(rawValue:))
    switch entry.event {
    case .itemPlaced, .itemReleased, .itemRescanned:
      stands.append(
        Stand(destination: destination, path: path, event: entry.event, seq: entry.seq))
    case .itemDeleted, .itemVanished:
      stands.append(Stand(destination: nil, path: nil, event: entry.event, seq: entry.seq))
    case .intentFailed:
      // What was asked for was not done: it is where it was.
      if let intent = entry.json["intent"]?.integer, stands.count > 1 {
        stands.removeAll { $0.seq == intent }
      }
    default: break
    }
  }

  private mutating func decide(_ decision: DecisionRecord) {
    decisions += 1
    lastDecision = decision.event
    sha256 = decision.sha256
    isChanged = (decision.json["unexamined"]?.elements ?? []).contains {
      $0["cause"]?.text == Unexamined.Cause.changed.rawValue
    }
    stands.append(
      Stand(
        destination: Destination(rawValue: decision.destination), path: decision.destinationName,
        event: decision.event, seq: decision.seq))
  }

  /// Whether some record gave it this place.
  func stood(in destination: Destination, at path: [UInt8]) -> Bool {
    stands.contains {
      $0.destination == destination
        && (destination.isClosed || $0.path == nil || $0.path == path)
    }
  }
}

extension CheckedItem.Stand {
  /// For "its record …".
  var words: String {
    switch event {
    case .itemDeleted: "says it was deleted"
    case .itemVanished: "says it was gone"
    default:
      destination.map { "says \($0.rawValue)/" } ?? "says it was given to a caller"
    }
  }
}
