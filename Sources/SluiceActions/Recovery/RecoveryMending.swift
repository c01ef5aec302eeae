import Glibc
import SluiceCore
import SluiceLog
import SluiceSpool

extension RecoveryWork {
  /// What people decided about kept items and what may have been cut off.
  mutating func finishIntents() throws(ActionError) {
    let quarantine = Quarantine(journal: journal)
    try quarantine.saveAllowances(history.intents)
    for intent in history.intents {
      progress()
      plan.intents += 1
      do throws(ActionError) {
        _ = try quarantine.carryOut(intent)
      } catch {
        if error.isSystemFault || error.code == .stopped { throw error }
        plan.failedIntents += 1
        try note(
          .intentFailed,
          [
            .init("item", intent.item.map { .string($0.description) } ?? .null),
            .init("intent", .int(intent.seq)), .init("why", .string(error.message)),
          ])
      }
    }
  }

  /// Every kept file has its sidecar, and every sidecar its file.
  mutating func mendSidecars(_ kept: KeptFolders, logDirectory: String) throws(ActionError) {
    let inWork = Set(plan.stuck)
    for destination in KeptFolders.all {
      let contents = try kept.contents(of: destination)
      let folder = kept.folder(destination)
      for temporary in contents.temporaries {
        try journal.options.reach(.orphan)
        try folder.remove(temporary)
      }
      for id in contents.sidecars.subtracting(contents.files).sorted() where !inWork.contains(id) {
        try journal.options.reach(.orphan)
        let bytes = try folder.read(KeptItem.sidecarName(id)) ?? []
        let content = (try? JSON(parsing: bytes)) ?? .null
        try note(
          .recovered,
          [
            .init("kind", .string("sidecar-without-file")),
            .init("item", .string(id.description)), .init("sidecar", content),
          ])
        try kept.removeSidecar(id, in: destination)
        plan.mendedSidecars += 1
      }
      for id in contents.files.subtracting(contents.sidecars).sorted() {
        try journal.options.reach(.orphan)
        try kept.write(try rebuilt(id, in: destination, kept, logDirectory))
        try note(
          .recovered,
          [
            .init("kind", .string("file-without-sidecar")),
            .init("item", .string(id.description)),
            .init("destination", .string(destination.rawValue)),
          ])
        plan.mendedSidecars += 1
      }
      try folder.sync()
    }
  }

  /// From the deciding record, wherever in the log it stands; where there is none, what the file
  /// itself says.
  private func rebuilt(
    _ id: ItemID, in destination: Destination, _ kept: KeptFolders, _ logDirectory: String
  ) throws(ActionError) -> KeptItem {
    var decision = history.told[id]?.decision
    if decision == nil {
      decision = try History.read(
        logDirectory, from: 1, items: [id], mark: journal.mark, progress: progress
      ).told[id]?.decision
    }
    if let decision {
      let name = decision.name ?? Array(id.description.utf8)
      let facts = ItemFacts(
        claim: Claim(
          id: id, batch: decision.batch, position: decision.position, source: decision.source,
          name: name), device: decision.device, inode: decision.inode, size: decision.size,
        sha256: decision.sha256, owner: decision.owner, group: decision.group,
        mode: decision.mode, modified: decision.modified)
      return KeptItem(
        facts: facts, destination: destination, verdict: decision.verdict, seq: decision.seq,
        entered: decision.time, record: decision.json.members, attributes: [])
    }
    let name = Array(id.description.utf8)
    guard let status = try kept.folder(destination).facts(name) else {
      throw ActionError(.unknownItem, "no item \(id) is kept")
    }
    var facts = ItemFacts.unknown(
      Claim(id: id, batch: "", position: 0, source: "default", name: name))
    facts.owner = status.owner
    facts.group = status.group
    facts.modified = status.modified
    if status.isRegular {
      (facts.sha256, facts.size) = try kept.open(id, in: destination).digest()
    }
    let gap = Unexamined(
      segment: id.description, cause: .changed, detail: "its sidecar and its record are missing")
    return KeptItem(
      facts: facts, destination: destination,
      verdict: Destination.held == destination ? .hold : .quarantine,
      seq: 0, entered: journal.clock.now(),
      record: [.init("unexamined", .array([RecordBuilder.unexamined(gap)]))], attributes: [])
  }

  mutating func conclude() throws(ActionError) {
    if plan.isWorthRecording { try note(.recovered, plan.json) }
    try journal.options.reach(.saveMark)
    try journal.mark.save(step: 1)
  }

  private func note(
    _ event: LogRecord.Event, _ members: [JSON.Member]
  ) throws(ActionError) {
    journal.settle(try journal.record([LogRecord(event, members)]))
  }

  static func duplicate(_ descriptor: Int32) throws(ActionError) -> Int32 {
    let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
    guard copy >= 0 else { throw ActionError(system: "open an item") }
    return copy
  }
}
