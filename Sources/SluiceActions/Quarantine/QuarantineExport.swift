import SluiceCore
import SluiceLog
import SluiceSpool

/// A release to a place of the caller's own (`--to`): the content is streamed to the caller, who
/// writes it with their own rights; it leaves quarantine when they confirm that it is on their disk.
extension Quarantine {
  package struct Export: ~Copyable {
    package let item: KeptItem
    /// To be read from byte 0 to its end.
    package let file: OpenFile
  }

  /// Records that the content is given out, and gives it.
  package func beginExport(
    _ id: ItemID, by actor: Actor, why: String
  ) throws(ActionError) -> Export {
    try needReason(why)
    let descriptor: (KeptItem, Int32) = try inTurn { () throws(ActionError) in
      let item = try movable(id)
      try verify(item)
      try view(item, by: actor, why: why, action: "export")
      return (item, try kept.open(id, in: item.destination).take())
    }
    return Export(item: descriptor.0, file: OpenFile(descriptor: descriptor.1))
  }

  /// The caller has it, synced, at `path` on their side: it leaves quarantine.
  package func finishExport(
    _ id: ItemID, by actor: Actor, why: String, to path: [UInt8], allow: Bool = true
  ) throws(ActionError) -> Suggestion? {
    try needReason(why)
    return try inTurn { () throws(ActionError) in
      let item = try movable(id)
      let suggestion = why == Self.falsePositive ? try suggestion(for: item, by: actor) : nil
      var members = Intent.members(item, by: actor, why: why)
      members.append(.init("destination", .string(Self.toCaller)))
      members.append(RecordBuilder.text(path, key: "destination_name"))
      try all([LogRecord(.itemReleased, members + allowance(item, allow))])
      return suggestion
    }
  }

  /// An item that may leave or be judged anew by one person.
  func movable(_ id: ItemID) throws(ActionError) -> KeptItem {
    let item = try item(id)
    guard !item.isSealed else { throw Self.sealed(id) }
    guard item.review.evidence == nil else {
      throw ActionError(.evidence, "\(id) is held as evidence: free it first")
    }
    return item
  }
}
