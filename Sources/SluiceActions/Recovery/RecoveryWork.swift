import SluiceCore
import SluiceLog
import SluiceSpool

/// The steps of `Recovery`, in their order.
struct RecoveryWork {
  let journal: Journal
  let generation: String
  let history: History
  var plan: RecoveryPlan
  let progress: () -> Void

  private var placer: Placer {
    Placer(journal: journal) { (error) throws(ActionError) in throw error }
  }

  // MARK: Decisions

  mutating func finishDecided(_ claims: [Claim]) throws(ActionError) {
    let decided = claims.filter { history.told[$0.id] != nil }
    plan.undecided = claims.filter { history.told[$0.id] == nil }
    try inGroups(decided) { (work, claim) throws(ActionError) in
      guard let told = work.history.told[claim.id] else { return nil }
      guard let placement = try work.placement(claim, told) else { return nil }
      if placement.pending != nil { work.plan.changed.append(claim.id) }
      work.plan.completed += 1
      return placement
    }
  }

  mutating func holdPoisonous(_ claims: [Claim]) throws(ActionError) {
    let poisonous = plan.undecided.filter {
      journal.tries.count(of: $0.id) >= CrashTries.limit
    }
    plan.undecided.removeAll { journal.tries.count(of: $0.id) >= CrashTries.limit }
    try inGroups(poisonous) { (work, claim) throws(ActionError) in
      let (facts, identity) = try work.look(claim) ?? (.unknown(claim), nil)
      let decision = Decision.held(
        claim, cause: .engineCrash,
        detail: "the process ended \(CrashTries.limit) times while this item was in hand",
        generation: work.generation)
      work.plan.poisoned.append(claim.id)
      return work.held(facts, identity, decision)
    }
    try journal.tries.keep(only: Set(plan.undecided.map(\.id)))
    // What was in hand at a crash comes last: a bystander is not in hand again when the real cause
    // ends the process the next time.
    let counts = plan.undecided.map { (claim: $0, tries: journal.tries.count(of: $0.id)) }
    plan.undecided = counts.sorted { ($0.tries, $0.claim.id) < ($1.tries, $1.claim.id) }.map(
      \.claim)
  }

  private mutating func inGroups(
    _ claims: [Claim],
    _ make: (inout RecoveryWork, Claim) throws(ActionError) -> Placement?
  ) throws(ActionError) {
    for start in stride(from: 0, to: claims.count, by: Committer.groupLimit) {
      var placements: [Placement] = []
      for claim in claims[start..<min(claims.count, start + Committer.groupLimit)] {
        progress()
        if let placement = try make(&self, claim) { placements.append(placement) }
      }
      guard !placements.isEmpty else { continue }
      try journal.options.reach(.syncItems)
      do throws(SpoolError) { try journal.spool.syncItems() } catch {
        throw ActionError(spool: error)
      }
      let outcome = try placer.run(placements)
      for placement in outcome.placed { try removeStrays(placement) }
      for (claim, _) in outcome.stuck { plan.stuck.append(claim.id) }
      if outcome.stuck.isEmpty {
        for recorded in outcome.recorded { journal.settle(recorded) }
      }
    }
  }

  /// The item as its record says, or held since it is not what was judged.
  private func placement(
    _ claim: Claim, _ told: History.Told
  ) throws(ActionError) -> Placement? {
    let decision = told.decision
    let destination = Destination(rawValue: decision.destination) ?? Destination(decision.verdict)
    let facts = ItemFacts(
      claim: claim, device: decision.device, inode: decision.inode, size: decision.size,
      sha256: decision.sha256, owner: decision.owner, group: decision.group, mode: decision.mode,
      modified: decision.modified)
    var placement = Placement(
      facts: facts, identity: nil, verdict: decision.verdict, destination: destination,
      path: told.paths.last ?? journal.spool.intendedName(of: claim, in: destination), attempt: 0,
      record: decision.json.members.filter {
        !["seq", "time", "event", "prev"].contains($0.key)
      }, seq: decision.seq, pending: nil)
    // It was held without having been opened, or since it had changed: nothing to compare.
    if destination == .held, decision.sha256 == .none || isHeldAsChanged(decision) {
      return try exists(claim) ? placement : nil
    }
    guard try exists(claim) else { return nil }
    guard let (now, identity) = try look(claim) else {
      placement.becomeChanged(
        "after a restart it could not be read to compare it with its record",
        masking: journal.options.masking)
      return placement
    }
    if now.sha256 == decision.sha256, now.size == decision.size {
      placement.identity = identity
    } else {
      placement.becomeChanged(
        "after a restart its digest was \(now.sha256), not that of its record",
        masking: journal.options.masking)
    }
    return placement
  }

  private func isHeldAsChanged(_ decision: DecisionRecord) -> Bool {
    (decision.json["unexamined"]?.elements ?? []).contains {
      $0["cause"]?.text == Unexamined.Cause.changed.rawValue
    }
  }

  private func exists(_ claim: Claim) throws(ActionError) -> Bool {
    try WorkFile(claim, in: journal.spool).identity() != nil
  }

  /// Facts with the digest of now; nil where it cannot be opened and read whole, unwritten.
  private func look(_ claim: Claim) throws(ActionError) -> (ItemFacts, FileIdentity?)? {
    let result: OpenResult
    do throws(SpoolError) { result = try journal.spool.open(claim, progress: progress) } catch {
      throw ActionError(spool: error)
    }
    switch consume result {
    case .ready(let item):
      let file = OpenFile(descriptor: try Self.duplicate(item.descriptor))
      let (sha256, size) = try file.digest()
      return (item.facts(claim: claim, size: size, sha256: sha256), item.identity)
    default: return nil
    }
  }

  private func held(
    _ facts: ItemFacts, _ identity: FileIdentity?, _ decision: Decision
  ) -> Placement {
    let path = journal.spool.intendedName(of: facts.claim, in: .held)
    let record = RecordBuilder.decision(
      facts: facts, decision: decision, destination: Destination.held.rawValue, placedName: path,
      masking: journal.options.masking)
    return Placement(
      facts: facts, identity: identity, verdict: .hold, destination: .held, path: path, attempt: 1,
      record: record.members, seq: -1, pending: record)
  }

  /// Sidecars under names that the item was to have and does not have.
  private func removeStrays(_ placement: Placement) throws(ActionError) {
    guard let told = history.told[placement.claim.id],
      told.decision.destination == Destination.annotated.rawValue
    else { return }
    for path in Set(told.paths)
    where placement.destination != .annotated || path != placement.path {
      try AnnotationFolder(journal).remove(
        AnnotationSidecar.path(beside: path, item: placement.claim.id), of: placement.claim.id)
    }
  }
}
