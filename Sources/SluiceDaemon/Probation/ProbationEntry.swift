import SluiceCore

/// One rule on probation, or disarmed.
package struct ProbationEntry: Sendable, Hashable {
  /// The hit items that are kept by id; more are only counted.
  static let most = 10_000

  package var rule: String
  package var pack: String
  package var digest: String
  /// When the update brought it.
  package var since: Timestamp
  /// How long the daemon has run since, in nanoseconds.
  package var running: UInt64 = 0
  /// Items judged since.
  package var items = 0
  /// Of those, the ones that would not have been quarantined without it.
  package var hits = 0
  /// The hit items, for their release, as far as they are kept.
  package var hitItems: [ItemID] = []
  /// When it was disarmed; nil while it acts.
  package var disarmed: Timestamp?

  package init(rule: String, pack: String, digest: String, since: Timestamp) {
    self.rule = rule
    self.pack = pack
    self.digest = digest
    self.since = since
  }

  package var json: JSON {
    .object([
      .init("rule", .string(rule)), .init("pack", .string(pack)), .init("digest", .string(digest)),
      .init("since", .string(since.description)), .init("running", .int(Int(running))),
      .init("items", .int(items)), .init("hits", .int(hits)),
      .init("disarmed", disarmed.map { .string($0.description) } ?? .null),
      .init("hit_items", .array(hitItems.map { .string($0.description) })),
    ])
  }

  package init?(json: JSON) {
    func text(_ key: String) -> String? { json[key]?.text }
    func number(_ key: String) -> Int? { json[key]?.integer.flatMap { $0 >= 0 ? $0 : nil } }
    guard let rule = text("rule"), let pack = text("pack"), let digest = text("digest"),
      let since = text("since").flatMap({ Timestamp($0) }), let running = number("running"),
      let items = number("items"), let hits = number("hits"),
      case .array(let kept)? = json["hit_items"]
    else { return nil }
    self.init(rule: rule, pack: pack, digest: digest, since: since)
    self.running = UInt64(running)
    self.items = items
    self.hits = hits
    disarmed = text("disarmed").flatMap { Timestamp($0) }
    hitItems = kept.compactMap { $0.text.flatMap { ItemID($0) } }
  }
}

/// What the guard noticed: to be recorded and shown.
package enum ProbationAlarm: Sendable, Hashable {
  /// A rule on probation would stop too much; from now on what only it would quarantine is held.
  case disarmed(ProbationEntry)
  /// A rule that is not on probation stops much. It keeps acting: that may be the attack.
  case flood(rule: String, items: Int, hits: Int)
}
