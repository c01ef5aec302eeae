import SluiceActions
import SluiceCore

/// Items that lay undecided in `work/` at the start. After an orderly stop they join the queue; after
/// a crash each is examined alone, since one of them may have caused it.
struct LoneItems {
  let parts: Parts
  let plan: RecoveryPlan

  func run() {
    let claims = plan.undecided
    guard plan.oneAtATime else { return parts.queue.add(claims) }
    guard !claims.isEmpty else { return }
    parts.logger.notice(
      "the last run did not end in order: \(claims.count) undecided items are examined one at a time"
    )
    let worker = Worker(parts: parts, index: 0)
    for claim in claims {
      guard parts.gate.pass(), !parts.queue.isStopping else { return }
      examine(claim, worker)
    }
  }

  private func examine(_ claim: Claim, _ worker: Worker) {
    let tries = parts.journal.tries
    do throws(ActionError) {
      if tries.count(of: claim.id) >= CrashTries.limit {
        parts.committer.submit(
          Decided(
            unopened: claim, status: parts.spool.look(at: claim), cause: .engineCrash,
            detail: "examining it ended the process \(CrashTries.limit) times",
            generation: parts.store.current.name))
      } else {
        try tries.begin(claim.id)
        worker.examine(claim)
      }
      parts.committer.drain()
      try tries.end(claim.id)
    } catch {
      // The count cannot be kept: the item waits its turn with the others, once there is room.
      parts.faults.report(.examine, error.message)
      parts.queue.add(claim, at: parts.clock.monotonic())
    }
  }
}
