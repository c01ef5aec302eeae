import SluiceCore
import SluiceLog

/// Something that a person (or retention) decided about a kept item, as it was recorded: what is
/// carried out now, or finished at the next start.
struct Intent: Sendable {
  var event: LogRecord.Event
  var item: ItemID?
  var seq: Int
  var time: Timestamp
  var who: Actor
  var why: String
  /// The whole record.
  var json: JSON

  /// - Returns: nil for a record that is no intent.
  init?(event: LogRecord.Event, seq: Int, time: Timestamp, json: JSON) {
    guard Self.events.contains(event), let who = Actor(json: json["who"]) else { return nil }
    self.event = event
    item = json["item"]?.text.flatMap(ItemID.init(_:))
    self.seq = seq
    self.time = time
    self.who = who
    why = json["why"]?.text ?? ""
    self.json = json
  }

  static let events: Set<LogRecord.Event> = [
    .itemRequested, .itemReleased, .itemConfirmed, .itemDeleted, .itemRescanned, .itemEvidence,
    .allowanceRevoked,
  ]

  /// The allowances it makes or takes back.
  var allowances: [Allowances.Change] {
    guard let sha256 = json["sha256"]?.text.flatMap(Digest.init(hex:)) else { return [] }
    switch event {
    case .itemReleased:
      let rules = (json["allow"]?.elements ?? []).compactMap(\.text)
      guard let item, !rules.isEmpty else { return [] }
      return [
        .init(
          sha256: sha256, kind: .allow(rules: rules, item: item), by: who, time: time, seq: seq)
      ]
    case .allowanceRevoked:
      return [
        .init(
          sha256: sha256, kind: .revoke(rule: json["rule"]?.text), by: who, time: time, seq: seq)
      ]
    default: return []
    }
  }

  /// What such a record says of the item itself.
  static func members(_ item: KeptItem, by actor: Actor, why: String) -> [JSON.Member] {
    [
      .init("item", .string(item.item.description)), .init("source", .string(item.source)),
      RecordBuilder.text(item.name, key: "name"), .init("size", .int(item.size)),
      .init("sha256", .string(item.sha256.description)), .init("who", actor.json),
      .init("why", .string(why)),
    ]
  }
}
