import SluiceCore

/// Which released content may come again: by digest, the rules (and the causes of holding) that no
/// longer count for it. Durable, listed, revocable.
package final class Allowances: Sendable {
  package struct Entry: Sendable, Hashable {
    package var sha256: Digest
    /// A rule's id, or the raw value of an `Unexamined.Cause`.
    package var rule: String
    /// The released item.
    package var item: ItemID
    package var by: Actor
    package var time: Timestamp
    /// The record that made it.
    package var seq: Int
  }

  private struct Table {
    var entries: [Digest: [String: Entry]] = [:]
    /// The last record that is in the file.
    var applied = -1
  }

  private let state: StateFolder
  private let table: Monitor<Table>
  private static let name = "allowances"

  init(state: StateFolder) throws(ActionError) {
    self.state = state
    var table = Table()
    if let json = try state.read(Self.name) {
      guard let applied = json["applied"]?.integer else { throw Self.damaged }
      table.applied = applied
      for element in json["entries"]?.elements ?? [] {
        guard let entry = Entry(json: element) else { throw Self.damaged }
        table.entries[entry.sha256, default: [:]][entry.rule] = entry
      }
    }
    self.table = Monitor(table)
  }

  /// The rules and causes that do not count for this content.
  package func rules(for sha256: Digest) -> Set<String> {
    table.withLock { Set($0.entries[sha256]?.keys.map { $0 } ?? []) }
  }

  /// All of them, by digest and rule.
  package var list: [Entry] {
    table.withLock { $0.entries.values.flatMap(\.values) }
      .sorted { ($0.sha256, $0.rule) < ($1.sha256, $1.rule) }
  }

  /// Adds and revokes what records say, each once, whatever is carried out again.
  func apply(_ changes: [Change]) throws(ActionError) {
    guard !changes.isEmpty else { return }
    try table.withLock { (table) throws(ActionError) in
      var next = table
      for change in changes where change.seq > table.applied {
        switch change.kind {
        case .allow(let rules, let item):
          for rule in rules {
            next.entries[change.sha256, default: [:]][rule] = Entry(
              sha256: change.sha256, rule: rule, item: item, by: change.by, time: change.time,
              seq: change.seq)
          }
        case .revoke(let rule):
          if let rule {
            next.entries[change.sha256]?[rule] = nil
          } else {
            next.entries[change.sha256] = nil
          }
        }
        next.applied = max(next.applied, change.seq)
      }
      let entries = next.entries.values.flatMap(\.values).sorted {
        ($0.sha256, $0.rule) < ($1.sha256, $1.rule)
      }
      try state.write(
        Self.name,
        .object([
          .init("applied", .int(next.applied)), .init("entries", .array(entries.map(\.json))),
        ]))
      table = next
    }
  }

  struct Change: Sendable {
    enum Kind: Sendable {
      case allow(rules: [String], item: ItemID)
      case revoke(rule: String?)
    }
    var sha256: Digest
    var kind: Kind
    var by: Actor
    var time: Timestamp
    var seq: Int
  }

  private static let damaged = ActionError(
    .malformed, "state/\(name) of the spool is damaged: not a list of allowances")
}

extension Allowances.Entry {
  package var json: JSON {
    .object([
      .init("sha256", .string(sha256.description)), .init("rule", .string(rule)),
      .init("item", .string(item.description)), .init("who", by.json),
      .init("time", .string(time.description)), .init("record", .int(seq)),
    ])
  }

  init?(json: JSON) {
    guard let sha256 = json["sha256"]?.text.flatMap(Digest.init(hex:)),
      let rule = json["rule"]?.text, let item = json["item"]?.text.flatMap(ItemID.init(_:)),
      let by = Actor(json: json["who"]),
      let time = json["time"]?.text.flatMap(Timestamp.init(_:)),
      let seq = json["record"]?.integer
    else { return nil }
    self.init(sha256: sha256, rule: rule, item: item, by: by, time: time, seq: seq)
  }
}
