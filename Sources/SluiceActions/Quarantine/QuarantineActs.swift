import Glibc
import SluiceCore
import SluiceLog
import SluiceSpool

/// The acts of intents. Each can be done again, from the start, after any crash.
extension Quarantine {
  /// - Returns: where the item lies now, if it was let out.
  func carryOut(_ intent: Intent) throws(ActionError) -> [UInt8]? {
    guard let id = intent.item else { return nil }
    switch intent.event {
    case .itemConfirmed, .itemEvidence, .itemRequested:
      try note(intent, on: id)
    case .itemDeleted:
      try remove(id)
    case .itemReleased:
      if intent.json["destination"]?.text == Self.toCaller {
        try remove(id)
      } else {
        return try letOut(id, intent, to: .passed)
      }
    case .itemRescanned:
      return try replace(id, intent)
    default: break
    }
    return nil
  }

  /// The destination in a record of an item that was streamed to whoever asked.
  static let toCaller = "caller"

  /// Writes what the intent says into the sidecar, once.
  private func note(_ intent: Intent, on id: ItemID) throws(ActionError) {
    guard let destination = try kept.place(of: id),
      var item = try kept.sidecar(id, in: destination), item.review.applied < intent.seq
    else { return }
    let note = KeptItem.Note(by: intent.who, why: intent.why, time: intent.time)
    switch intent.event {
    case .itemConfirmed: item.review.confirmed = note
    case .itemEvidence: item.review.evidence = intent.json["kept"]?.flag == true ? note : nil
    default:
      item.review.requests.append(
        KeptItem.Request(
          by: intent.who, action: intent.json["action"]?.text ?? "",
          report: intent.json["report"]?.text ?? ""))
    }
    item.review.applied = intent.seq
    try kept.write(item)
  }

  /// The file, then what tells of it.
  private func remove(_ id: ItemID) throws(ActionError) {
    for destination in KeptFolders.all {
      let folder = kept.folder(destination)
      let name = Array(id.description.utf8)
      if let facts = try folder.facts(name) {
        try journal.options.reach(.removeFile)
        try folder.remove(name)
        try syncKept(folder)
        journal.spool.keptFileLeft(bytes: facts.size)
      }
      try kept.removeSidecar(id, in: destination)
      try syncKept(folder)
    }
  }

  func syncKept(_ folder: Folder) throws(ActionError) {
    try journal.options.reach(.syncKept)
    do throws(ActionError) { try folder.sync() } catch {
      journal.mark.freeze()
      throw error
    }
  }

  /// Out of quarantine under its own name, with what it had when it was dropped.
  func letOut(
    _ id: ItemID, _ intent: Intent, to destination: Destination
  ) throws(ActionError) -> [UInt8]? {
    guard let from = try kept.place(of: id) else {
      for destination in KeptFolders.all {
        try kept.removeSidecar(id, in: destination)
        try syncKept(kept.folder(destination))
      }
      return nil
    }
    guard let item = try kept.sidecar(id, in: from) else {
      throw ActionError(.malformed, "\(id) in \(from.rawValue)/ has no sidecar")
    }
    try verify(item)
    try restore(item, mark: intent.event == .itemReleased ? "released" : destination.verdictWord)
    let path = try move(item, intent, to: destination)
    do throws(SpoolError) { try journal.spool.syncPlaces() } catch {
      journal.mark.freeze()
      throw ActionError(spool: error)
    }
    try syncKept(kept.folder(from))
    try kept.removeSidecar(id, in: from)
    try syncKept(kept.folder(from))
    return path
  }

  /// The content is what the record says was judged.
  func verify(_ item: KeptItem) throws(ActionError) {
    try journal.options.reach(.verify)
    let file = try kept.open(item.item, in: item.destination)
    guard item.sha256 != .none else { return }
    let (sha256, size) = try file.digest()
    guard sha256 == item.sha256, size == item.size else {
      throw ActionError(
        .changed, "\(item.item) is not what was judged: its digest is \(sha256), not \(item.sha256)"
      )
    }
  }

  private func restore(_ item: KeptItem, mark: String) throws(ActionError) {
    try journal.options.reach(.restore)
    let file = try kept.open(item.item, in: item.destination)
    let descriptor = file.descriptor
    for attribute in item.attributes { attribute.put(on: descriptor) }
    Attribute.mark(descriptor, mark)
    // Without set-user-id, set-group-id and sticky, which a dropped file has no business with.
    guard fchmod(descriptor, item.mode & 0o777) == 0 else {
      throw ActionError(system: "set the mode of \(item.item)")
    }
    var seconds = item.modified / 1_000_000_000
    var rest = item.modified % 1_000_000_000
    if rest < 0 {
      seconds -= 1
      rest += 1_000_000_000
    }
    let times = [
      timespec(tv_sec: Int(seconds), tv_nsec: Int(rest)),
      timespec(tv_sec: Int(seconds), tv_nsec: Int(rest)),
    ]
    guard futimens(descriptor, times) == 0 else {
      throw ActionError(system: "set the times of \(item.item)")
    }
    // Only where permitted: without CAP_CHOWN the file stays the daemon's.
    let facts = try Folder.facts(of: descriptor)
    if facts.owner != item.owner || facts.group != item.group,
      fchown(descriptor, item.owner, item.group) != 0
    {
      _ = fchown(descriptor, ~0, item.group)
    }
    try file.sync()
  }

  /// The name that was recorded, or the next free one after a record of it.
  private func move(
    _ item: KeptItem, _ intent: Intent, to destination: Destination
  ) throws(ActionError) -> [UInt8] {
    var path =
      intent.json.name("destination_name")
      ?? journal.spool.intendedName(of: item.claim, in: destination)
    var attempt = 0
    while true {
      if destination == .annotated { try publishSidecar(item, intent, path) }
      try journal.options.reach(.move)
      let problem: SpoolError?
      do throws(SpoolError) {
        try journal.spool.move(
          item.fileName, from: item.destination, into: destination, at: path)
        problem = nil
      } catch {
        problem = error
      }
      guard let problem else { return path }
      guard problem.code == .exists || problem.code == .refused,
        let next = journal.spool.name(of: item.claim, in: destination, attempt: attempt)
      else { throw ActionError(spool: problem) }
      if destination == .annotated {
        try AnnotationFolder(journal).remove(
          AnnotationSidecar.path(beside: path, item: item.item), of: item.item)
      }
      attempt += 1
      guard next != path else { continue }
      path = next
      let recorded = try journal.record([
        LogRecord(
          .itemPlaced,
          [
            .init("item", .string(item.item.description)),
            .init("destination", .string(destination.rawValue)),
            RecordBuilder.text(path, key: "destination_name"),
          ])
      ])
      journal.settle(recorded)
    }
  }

  private func publishSidecar(
    _ item: KeptItem, _ intent: Intent, _ path: [UInt8]
  ) throws(ActionError) {
    let beside = AnnotationSidecar.path(beside: path, item: item.item)
    let sidecar = AnnotationSidecar(
      item: item.item, name: Placer.last(of: path), record: intent.json,
      messages: journal.options.messages, detail: journal.options.detail)
    do throws(SpoolError) {
      try journal.spool.publish(
        sidecar.json.bytes + [10], into: .annotated, at: beside,
        mode: journal.spool.options.outputMode ?? 0o644)
    } catch {
      // Another's sidecar of that name: the file's own name will be found taken, or stands alone.
      guard error.code == .exists else { throw ActionError(spool: error) }
    }
  }
}

extension Destination {
  /// The mark on what leaves for it.
  var verdictWord: String {
    self == .annotated ? Verdict.annotate.rawValue : Verdict.pass.rawValue
  }
}
