import SluiceCore
import SluiceLog
import SluiceSpool

/// Judging a kept item anew, under the rules of now: the caller judges, the outcome is recorded and
/// carried out here.
extension Quarantine {
  /// The open file of an item to judge anew. Its `claim` carries name and source.
  package func beginRescan(_ id: ItemID) throws(ActionError) -> Export {
    let opened: (KeptItem, Int32) = try inTurn { () throws(ActionError) in
      let item = try movable(id)
      return (item, try kept.open(id, in: item.destination).take())
    }
    return Export(item: opened.0, file: OpenFile(descriptor: opened.1))
  }

  /// - Parameter sha256: of the bytes that were judged, which have to be those of the record.
  /// - Returns: where the item lies now.
  package func finishRescan(
    _ id: ItemID, _ decision: Decision, sha256: Digest, by actor: Actor, why: String
  ) throws(ActionError) -> PlacedName {
    try inTurn { () throws(ActionError) in
      let item = try movable(id)
      guard sha256 == item.sha256 || item.sha256 == .none else {
        throw ActionError(.changed, "\(id) is not what was judged before")
      }
      let destination = Destination(decision.verdict)
      let path = journal.spool.intendedName(of: item.claim, in: destination)
      let facts = item.facts(sha256: sha256)
      let judged = RecordBuilder.decision(
        facts: facts, decision: decision, destination: destination.rawValue, placedName: path,
        masking: journal.options.masking
      ).members.filter { KeptItem.keysOfWhy.contains($0.key) }
      let members =
        Intent.members(item, by: actor, why: why) + [
          .init("verdict", .string(decision.verdict.rawValue)),
          .init("from", .string(item.destination.rawValue)),
          .init("destination", .string(destination.rawValue)),
          RecordBuilder.text(path, key: "destination_name"),
        ] + judged
      let carried = try carryOut([LogRecord(.itemRescanned, members)])
      if let error = carried.first?.error { throw error }
      let final = carried.first?.path ?? path
      return PlacedName(destination: destination, path: final, clashed: final != path)
    }
  }

  /// The act: let out, moved between the closed folders, or kept with the new reasons.
  func replace(_ id: ItemID, _ intent: Intent) throws(ActionError) -> [UInt8]? {
    guard let destination = intent.json["destination"]?.text.flatMap(Destination.init(rawValue:)),
      let verdict = intent.json["verdict"]?.text.flatMap(Verdict.init(rawValue:))
    else { throw ActionError(.malformed, "record \(intent.seq) names no destination") }
    guard destination.isClosed else { return try letOut(id, intent, to: destination) }
    guard let from = try kept.place(of: id) else { return nil }
    // In the middle of a move the newer sidecar lies in the new folder already.
    var found = try kept.sidecar(id, in: from)
    if found == nil { found = try kept.sidecar(id, in: destination) }
    guard var item = found else {
      throw ActionError(.malformed, "\(id) in \(from.rawValue)/ has no sidecar")
    }
    // A later intent was carried out already: this one has nothing to say any more.
    guard item.review.applied <= intent.seq else { return nil }
    if item.review.applied < intent.seq {
      item.verdict = verdict
      item.seq = intent.seq
      item.why = .object(intent.json.members.filter { KeptItem.keysOfWhy.contains($0.key) })
      item.review.applied = intent.seq
    }
    item.destination = destination
    try kept.write(item)
    guard from != destination else {
      try dropOther(id, than: destination)
      return nil
    }
    try journal.options.reach(.move)
    do throws(SpoolError) {
      try journal.spool.move(item.fileName, from: from, into: destination, at: item.fileName)
    } catch {
      throw ActionError(spool: error)
    }
    try syncKept(kept.folder(destination))
    try syncKept(kept.folder(from))
    try dropOther(id, than: destination)
    return nil
  }

  private func dropOther(_ id: ItemID, than destination: Destination) throws(ActionError) {
    for other in KeptFolders.all where other != destination {
      try kept.removeSidecar(id, in: other)
      try syncKept(kept.folder(other))
    }
  }
}

extension KeptItem {
  func facts(sha256: Digest) -> ItemFacts {
    ItemFacts(
      claim: claim, device: 0, inode: 0, size: size, sha256: sha256, owner: owner, group: group,
      mode: mode, modified: modified)
  }
}
