import SluiceCore
import SluiceLog
import SluiceSpool

/// What a reviewer says of items that stay where they are.
extension Quarantine {
  /// The verdict was right: the item stays, and `next` no longer offers it.
  package func confirm(_ ids: [ItemID], by actor: Actor, why: String) throws(ActionError) {
    try inTurn { () throws(ActionError) in
      let items = try items(ids)
      try all(items.map { LogRecord(.itemConfirmed, Intent.members($0, by: actor, why: why)) })
    }
  }

  /// Holds items as evidence, which stops retention, release and deletion; or frees them again.
  package func setEvidence(
    _ isEvidence: Bool, _ ids: [ItemID], by actor: Actor, why: String
  ) throws(ActionError) {
    try needReason(why)
    try inTurn { () throws(ActionError) in
      let items = try items(ids)
      try all(
        items.map {
          LogRecord(
            .itemEvidence,
            Intent.members($0, by: actor, why: why) + [.init("kept", .bool(isEvidence))])
        })
    }
  }

  /// Takes back an allowance: of one rule (or cause), or of the whole content.
  package func revokeAllowance(
    of sha256: Digest, rule: String?, by actor: Actor, why: String
  ) throws(ActionError) {
    try inTurn { () throws(ActionError) in
      guard
        journal.allowances.list.contains(where: {
          $0.sha256 == sha256 && (rule == nil || $0.rule == rule)
        })
      else { throw ActionError(.unknownItem, "there is no such allowance") }
      var members: [JSON.Member] = [.init("sha256", .string(sha256.description))]
      if let rule { members.append(.init("rule", .string(rule))) }
      members += [.init("who", actor.json), .init("why", .string(why))]
      try all([LogRecord(.allowanceRevoked, members)])
    }
  }

  /// A match with its text, for one who has the right and the need to see it.
  package struct Revealed: Sendable, Hashable {
    package var rule: String
    package var pattern: String
    package var segment: String
    package var line: Int?
    package var column: Int?
    /// The bytes of the item that matched, at most 4 KiB; nil where the place is not in the item
    /// itself (an archive's member) or there is none.
    package var text: [UInt8]?
  }

  /// The texts that findings stand on. Recorded before anything is read; never for sealed items.
  package func reveal(_ id: ItemID, by actor: Actor, why: String) throws(ActionError) -> [Revealed]
  {
    try inTurn { () throws(ActionError) in
      let item = try item(id)
      guard !item.isSealed else { throw Self.sealed(id) }
      try view(item, by: actor, why: why, action: "reveal")
      let file = try kept.open(id, in: item.destination)
      var revealed: [Revealed] = []
      for finding in item.findings {
        for place in finding["places"]?.elements ?? [] {
          var text: [UInt8]?
          if let offset = place["offset"]?.integer, let length = place["length"]?.integer,
            offset >= 0, length > 0
          {
            text = try file.range(at: offset, count: min(length, 4096))
          }
          revealed.append(
            Revealed(
              rule: finding["rule"]?.text ?? "", pattern: place["pattern"]?.text ?? "",
              segment: place["segment"]?.text ?? "", line: place["line"]?.integer,
              column: place["column"]?.integer, text: text))
        }
      }
      return revealed
    }
  }

  func view(
    _ item: KeptItem, by actor: Actor, why: String, action: String
  ) throws(ActionError) {
    let recorded = try journal.record([
      LogRecord(
        .itemViewed,
        Intent.members(item, by: actor, why: why) + [.init("action", .string(action))])
    ])
    journal.settle(recorded)
  }

  func items(_ ids: [ItemID]) throws(ActionError) -> [KeptItem] {
    var items: [KeptItem] = []
    for id in ids { items.append(try item(id)) }
    return items
  }

  /// Carries out records, at most 256 at a time; the first failure is thrown once all were tried.
  func all(_ records: [LogRecord]) throws(ActionError) {
    var failure: ActionError?
    for start in stride(from: 0, to: records.count, by: Committer.groupLimit) {
      let group = Array(records[start..<min(records.count, start + Committer.groupLimit)])
      for carried in try carryOut(group) where carried.error != nil {
        failure = failure ?? carried.error
      }
    }
    if let failure { throw failure }
  }

  func needReason(_ why: String) throws(ActionError) {
    guard why.contains(where: { !$0.isWhitespace }) else {
      throw ActionError(.reasonNeeded, "a reason is needed, which goes into the record")
    }
  }

  static func sealed(_ id: ItemID) -> ActionError {
    ActionError(.sealed, "\(id) is sealed: it is never shown, copied or judged anew")
  }
}
