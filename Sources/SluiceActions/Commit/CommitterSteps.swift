import Glibc
import SluiceCore
import SluiceLog
import SluiceSpool

extension Committer {
  /// One group from verdicts to places. Throws only when told to stop (or by a test's step).
  func commit(_ group: [Decided]) throws(ActionError) {
    guard let current = try makeDurable(group) else { return }
    var placements = try choosePlaces(current)
    guard !placements.isEmpty else { return }
    let placer = Placer(journal: journal) { (error) throws(ActionError) in
      try self.pause(error)
    }
    let recorded = try placer.record(placements.map { $0.pending! })
    for (index, seq) in zip(placements.indices, recorded.seqs) {
      placements[index].seq = seq
      placements[index].pending = nil
    }
    let outcome = try placer.run(placements)
    resume()
    state.withLock { state in for item in group { state.returns[item.facts.claim.id] = nil } }
    for (claim, error) in outcome.stuck { hooks.stuck(claim, error) }
    if outcome.stuck.isEmpty {
      for recorded in [recorded] + outcome.recorded { journal.settle(recorded) }
    }
    try saveMark(step: Self.markStep)
    hooks.committed(outcome.placed.map(Committed.init))
  }

  /// Saves the mark, so that the next start reads less; a failure costs only that.
  package func saveMark(step: Int = 1) throws(ActionError) {
    do throws(ActionError) {
      try journal.options.reach(.saveMark)
      try journal.mark.save(step: step)
    } catch {
      if error.code == .stopped { throw error }
      hooks.fault(error)
    }
  }

  /// The bytes of all items on the disk; the items that still are the judged ones.
  ///
  /// A failed sync is never tried again as if it had worked: the items are given back, to be opened
  /// (from a copy written anew) and judged again.
  private func makeDurable(_ group: [Decided]) throws(ActionError) -> [Decided]? {
    do throws(ActionError) {
      try journal.options.reach(.syncItems)
      do throws(SpoolError) { try journal.spool.syncItems() } catch {
        throw ActionError(spool: error)
      }
    } catch {
      if error.code == .stopped { throw error }
      let waiting = state.update { state in
        defer { state.queue = [] }
        return state.queue
      }
      try pause(error)
      giveBack(group + waiting)
      return nil
    }
    resume()
    var current: [Decided] = []
    var swapped: [Decided] = []
    for decided in group {
      guard let identity = decided.identity else {
        current.append(decided)
        continue
      }
      // One that has gone is found gone again when it is to be moved, and recorded then.
      let now = try look(at: decided.facts.claim)
      if now == nil || now == identity { current.append(decided) } else { swapped.append(decided) }
    }
    giveBack(swapped.filter { !isLost($0) })
    current += swapped.filter(isLost)
    return current
  }

  private func look(at claim: Claim) throws(ActionError) -> FileIdentity? {
    while true {
      do throws(ActionError) {
        return try WorkFile(claim, in: journal.spool).identity()
      } catch {
        try pause(error)
      }
    }
  }

  /// Swapped again and again: it is recorded, found changed, and held.
  private func isLost(_ decided: Decided) -> Bool {
    state.withLock { ($0.returns[decided.facts.claim.id] ?? 0) > 2 }
  }

  private func giveBack(_ items: [Decided]) {
    guard !items.isEmpty else { return }
    state.update { state in
      for item in items { state.returns[item.facts.claim.id, default: 0] += 1 }
    }
    hooks.returned(items.map(\.facts.claim))
  }

  /// A destination and a name for each that is free now, so that records name the true place.
  private func choosePlaces(_ group: [Decided]) throws(ActionError) -> [Placement] {
    var taken: Set<[UInt8]> = []
    var placements: [Placement] = []
    for decided in group {
      let destination = Destination(decided.decision.verdict)
      let claim = decided.facts.claim
      var path = journal.spool.intendedName(of: claim, in: destination)
      var attempt = 1
      while !destination.isClosed,
        taken.contains(Array(destination.rawValue.utf8) + [47] + path)
          || isTaken(path, in: destination, item: claim.id),
        let next = journal.spool.name(of: claim, in: destination, attempt: attempt)
      {
        path = next
        attempt += 1
      }
      taken.insert(Array(destination.rawValue.utf8) + [47] + path)
      let record = RecordBuilder.decision(
        facts: decided.facts, decision: decided.decision, destination: destination.rawValue,
        placedName: path, masking: journal.options.masking)
      placements.append(
        Placement(
          facts: decided.facts, identity: decided.identity, verdict: decided.decision.verdict,
          destination: destination, path: path, attempt: attempt, record: record.members, seq: -1,
          pending: record))
    }
    return placements
  }

  private func isTaken(
    _ path: [UInt8], in destination: Destination, item: ItemID
  ) -> Bool {
    let folder = Folder(descriptor: journal.spool.directories[destination])
    do throws(ActionError) {
      if try folder.facts(path) != nil { return true }
      guard destination == .annotated else { return false }
      return try folder.facts(AnnotationSidecar.path(beside: path, item: item)) != nil
    } catch {
      // Not known: the rename will tell, and a record before it the new name.
      return false
    }
  }

  /// Waits a while, longer each time, and returns to have the step tried again.
  func pause(_ error: ActionError) throws(ActionError) {
    hooks.fault(error)
    let stopping = state.withLock { state in
      state.paused = true
      return state.stopping
    }
    guard !stopping else { throw ActionError(.stopped, error.message, errno: error.errno) }
    let deadline = journal.clock.monotonic() + 250_000_000
    let told: Bool? = state.wait(until: deadline) { $0.stopping ? true : nil }
    if told == true { throw ActionError(.stopped, error.message, errno: error.errno) }
  }

  private func resume() {
    let was = state.withLock { state in
      defer { state.paused = false }
      return state.paused
    }
    if was { hooks.fault(nil) }
  }
}

extension Committed {
  init(_ placement: Placement) {
    item = placement.claim.id
    source = placement.claim.source
    verdict = placement.verdict
    destination = placement.destination
    path = placement.path
    seq = placement.seq
    size = placement.facts.size
  }
}
