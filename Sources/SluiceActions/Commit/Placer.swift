import CSluiceSystem
import Glibc
import SluiceCore
import SluiceLog
import SluiceSpool

/// Carries out recorded decisions: sidecars first, then the items, then the folders are synced.
/// A name that turns out to be taken is changed by a record before it is used. Every step can be
/// done again after any crash.
struct Placer {
  let journal: Journal
  /// Told of a fault of the system; returns when the step is to be tried again, throws to give up.
  let pause: (ActionError) throws(ActionError) -> Void

  struct Outcome {
    var placed: [Placement] = []
    var vanished: [Claim] = []
    /// Refused under every name; they stay in `work/` for the next start.
    var stuck: [(claim: Claim, error: ActionError)] = []
    /// Records whose acts belong to this outcome.
    var recorded: [Journal.Recorded] = []
  }

  func run(_ placements: [Placement]) throws(ActionError) -> Outcome {
    var outcome = Outcome()
    var round = placements
    while !round.isEmpty {
      try record(&round, &outcome)
      try writeKeptSidecars(round)
      var later: [Placement] = []
      var ready: [Placement] = []
      for placement in round {
        try publish(placement, &ready, &later, &outcome)
      }
      if ready.contains(where: { $0.destination == .annotated }) { try syncPlaces() }
      for placement in ready { try place(placement, &later, &outcome) }
      round = later
    }
    try syncPlaces()
    try recordVanished(&outcome)
    return outcome
  }

  /// A step, again and again while the system is at fault.
  func persist<Result>(
    _ step: Step, _ body: () throws(ActionError) -> Result
  ) throws(ActionError) -> Result {
    while true {
      do throws(ActionError) {
        try journal.options.reach(step)
        return try body()
      } catch {
        guard error.code != .stopped else { throw error }
        try pause(error)
      }
    }
  }

  /// The numbers of the records, which are durable when this returns.
  func record(_ records: [LogRecord]) throws(ActionError) -> Journal.Recorded {
    var recorded: Journal.Recorded?
    while true {
      do throws(ActionError) {
        if recorded == nil { recorded = try journal.append(records) }
        try journal.commit()
        return recorded!
      } catch {
        guard error.code != .stopped else { throw error }
        try pause(error)
      }
    }
  }

  private func record(_ round: inout [Placement], _ outcome: inout Outcome) throws(ActionError) {
    let indices = round.indices.filter { round[$0].pending != nil }
    guard !indices.isEmpty else { return }
    let recorded = try record(indices.map { round[$0].pending! })
    outcome.recorded.append(recorded)
    for (index, seq) in zip(indices, recorded.seqs) {
      if round[index].pending!.event.isDecision { round[index].seq = seq }
      round[index].pending = nil
    }
  }

  private func recordVanished(_ outcome: inout Outcome) throws(ActionError) {
    guard !outcome.vanished.isEmpty else { return }
    let records = outcome.vanished.map { claim in
      LogRecord(
        .itemVanished,
        [
          .init("item", .string(claim.id.description)), .init("source", .string(claim.source)),
          RecordBuilder.text(claim.name, key: "name"),
        ])
    }
    outcome.recorded.append(try record(records))
  }

  private func syncPlaces() throws(ActionError) {
    try persist(.syncPlaces) { () throws(ActionError) in
      do throws(SpoolError) { try journal.spool.syncPlaces() } catch {
        // The renames are done, only not known to be on the disk: the next start looks again.
        journal.mark.freeze()
        throw ActionError(spool: error)
      }
    }
  }

  // MARK: Sidecars

  /// `<id>.json` for all that will be kept, in one sync; names durable before any item moves.
  private func writeKeptSidecars(_ round: [Placement]) throws(ActionError) {
    let kept = round.filter(\.destination.isClosed)
    guard !kept.isEmpty else { return }
    try persist(.keptSidecar) { () throws(ActionError) in
      var temporaries: [(Placement, [UInt8])] = []
      for placement in kept {
        let folder = Folder(descriptor: journal.spool.directories[placement.destination])
        let item = KeptItem(
          facts: placement.facts, destination: placement.destination, verdict: placement.verdict,
          seq: placement.seq, entered: journal.clock.now(), record: placement.record,
          attributes: try producersAttributes(placement))
        let temporary = try folder.writeTemporary(
          for: KeptItem.sidecarName(placement.claim.id), item.json.bytes + [10], durably: false)
        temporaries.append((placement, temporary))
      }
      try journal.options.reach(.syncSidecars)
      guard sluice_syncfs(journal.spool.directories.root) == 0 else {
        throw ActionError(failedSync: "sync the spool's file system")
      }
      for (placement, temporary) in temporaries {
        let folder = Folder(descriptor: journal.spool.directories[placement.destination])
        try folder.replace(temporary, to: folder, as: KeptItem.sidecarName(placement.claim.id))
      }
      for destination in Set(kept.map(\.destination)) {
        try Folder(descriptor: journal.spool.directories[destination]).sync()
      }
    }
  }

  private func producersAttributes(_ placement: Placement) throws(ActionError) -> [Attribute] {
    guard let file = try WorkFile(placement.claim, in: journal.spool).open() else { return [] }
    return Attribute.worthKeeping(file.descriptor)
  }

  /// The sidecar of an annotated item, or nothing for the others; then it is ready.
  private func publish(
    _ placement: Placement, _ ready: inout [Placement], _ later: inout [Placement],
    _ outcome: inout Outcome
  ) throws(ActionError) {
    guard placement.destination == .annotated else { return ready.append(placement) }
    let sidecar = AnnotationSidecar(
      item: placement.claim.id, name: Self.last(of: placement.path),
      record: .object(placement.record), messages: journal.options.messages,
      detail: journal.options.detail)
    let path = AnnotationSidecar.path(beside: placement.path, item: placement.claim.id)
    let problem: SpoolError? = try persist(.annotationSidecar) {
      () throws(ActionError) -> SpoolError? in
      do throws(SpoolError) {
        try journal.spool.publish(
          sidecar.json.bytes + [10], into: .annotated, at: path,
          mode: journal.spool.options.outputMode ?? 0o644)
        return nil
      } catch {
        if error.isSystemFault { throw ActionError(spool: error) }
        return error
      }
    }
    guard let problem else { return ready.append(placement) }
    // One of this item from before a crash is as good.
    if problem.code == .exists, try AnnotationFolder(journal).item(at: path) == placement.claim.id {
      return ready.append(placement)
    }
    nextName(placement, problem, &later, &outcome)
  }

  private func nextName(
    _ placement: Placement, _ problem: SpoolError, _ later: inout [Placement],
    _ outcome: inout Outcome
  ) {
    var placement = placement
    if placement.moveOn(in: journal.spool) {
      later.append(placement)
    } else {
      journal.mark.freeze()
      outcome.stuck.append((placement.claim, ActionError(spool: problem)))
    }
  }

  // MARK: Items

  private func place(
    _ placement: Placement, _ later: inout [Placement], _ outcome: inout Outcome
  ) throws(ActionError) {
    if !placement.destination.isClosed {
      try persist(.mark) { () throws(ActionError) in
        WorkFile(placement.claim, in: journal.spool).mark(placement.verdict.rawValue)
      }
    }
    let problem: SpoolError? = try persist(.place) { () throws(ActionError) -> SpoolError? in
      do throws(SpoolError) {
        try journal.spool.place(
          placement.claim, placement.identity, into: placement.destination, at: placement.path)
        return nil
      } catch {
        if error.isSystemFault { throw ActionError(spool: error) }
        return error
      }
    }
    guard let problem else { return outcome.placed.append(placement) }
    switch problem.code {
    case .gone:
      try takeBackSidecar(placement)
      outcome.vanished.append(placement.claim)
    case .changed:
      try takeBackSidecar(placement)
      var changed = placement
      changed.becomeChanged(
        "what lay in work/ was no longer the file that was judged", masking: journal.options.masking
      )
      later.append(changed)
    default:
      if placement.destination == .annotated { try takeBackSidecar(placement) }
      nextName(placement, problem, &later, &outcome)
    }
  }

  private func takeBackSidecar(_ placement: Placement) throws(ActionError) {
    try persist(.removeSidecar) { () throws(ActionError) in
      if placement.destination.isClosed {
        let folder = Folder(descriptor: journal.spool.directories[placement.destination])
        try folder.remove(KeptItem.sidecarName(placement.claim.id))
      } else if placement.destination == .annotated {
        try AnnotationFolder(journal).remove(
          AnnotationSidecar.path(beside: placement.path, item: placement.claim.id),
          of: placement.claim.id)
      }
    }
  }

  static func last(of path: [UInt8]) -> [UInt8] {
    Array(path.suffix(from: path.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? 0))
  }
}
