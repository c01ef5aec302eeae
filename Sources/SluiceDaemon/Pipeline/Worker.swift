import Glibc
import SluiceActions
import SluiceCore
import SluiceExtract
import SluiceMatch
import SluiceSpool

/// Judges one item after another on a thread of its own.
///
/// An item's own fault holds that item; a fault of the system puts the item back and pauses the work.
package final class Worker {
  private let parts: Parts
  private let index: Int
  private var generation: Generation
  private var judge: ItemJudge
  /// The queue counts an item as being examined here.
  private var isCounted = false

  package init(parts: Parts, index: Int) {
    self.parts = parts
    self.index = index
    generation = parts.store.current
    judge = ItemJudge(
      matcher: generation.matcher, limits: parts.config.extractLimits, parsers: parts.config.parsers
    )
  }

  /// Takes from the queue until it stops.
  package func run() {
    while true {
      switch parts.queue.take(generation: generation.number) {
      case .stop: return
      case .refresh: refresh()
      case .claim(let claim):
        isCounted = true
        defer { letGo() }
        guard parts.gate.pass() else { return }
        examine(claim)
      }
    }
  }

  /// Judges one item and hands the verdict over. What cannot be judged now goes back to the queue.
  package func examine(_ claim: Claim) {
    parts.progress.beat(index)
    defer { parts.progress.idle(index) }
    do {
      try process(claim)
    } catch {
      parts.faults.report(.examine, error.message)
      later(claim, nanoseconds: 100_000_000)
    }
  }

  /// Lets go of the old generation, so that its memory is free.
  private func refresh() {
    generation = parts.store.current
    judge = ItemJudge(
      matcher: generation.matcher, limits: parts.config.extractLimits, parsers: parts.config.parsers
    )
  }

  private func process(_ claim: Claim) throws(SpoolError) {
    let result: OpenResult
    do {
      result = try parts.spool.open(claim, progress: { self.parts.progress.beat(self.index) })
    } catch {
      guard !error.isSystemFault else { throw error }
      return hold(claim, .unreadable, error.message)
    }
    switch consume result {
    case .ready(let item): try judge(item, claim)
    case .stillWriting(let time): parts.queue.add(claim, at: time)
    case .overdue:
      hold(claim, .writer, "it was still open for writing after \(waited)")
    case .notRegular(let kind):
      hold(claim, .unreadable, "it is no regular file but a \(kind.rawValue)")
    case .gone: break
    case .unreadable(let code):
      hold(claim, .unreadable, "it cannot be opened: \(String(cString: strerror(code)))")
    }
  }

  private var waited: String { ConfigUnits.text(parts.config.writerWait) }

  private func judge(_ item: borrowing OpenedItem, _ claim: Claim) throws(SpoolError) {
    let began = parts.clock.monotonic()
    let context = ItemContext(
      name: claim.name, source: claim.source, policy: generation.policy(for: claim.source),
      disarmed: parts.guardian.disarmed, now: parts.clock.now())
    let judgement: ItemJudge.Judgement
    do {
      judgement = try judge.judge(
        item.descriptor, context: context,
        allowances: { self.parts.journal.allowances.rules(for: $0) },
        progress: { self.parts.progress.beat(self.index) })
    } catch {
      guard error.isItemFault else {
        throw SpoolError(.system, error.message, errno: error.errno)
      }
      return hold(claim, .unreadable, error.message)
    }
    // What was written meanwhile was perhaps not seen: it is judged anew when its writer has closed.
    guard try !parts.spool.hasWriter(item) else {
      return later(claim, nanoseconds: 50_000_000)
    }
    parts.faults.passed(.examine)
    let spent = parts.clock.monotonic() - began
    parts.counters.judged(judgement.decision, bytes: judgement.size, nanoseconds: spent)
    let alarms = parts.guardian.observe(claim.id, judgement.decision) {
      judge.verdict(without: $0)
    }
    parts.raise(alarms)
    submit(
      Decided(
        facts: item.facts(claim: claim, size: judgement.size, sha256: judgement.digests.sha256),
        decision: judgement.decision))
  }

  private func hold(_ claim: Claim, _ cause: Unexamined.Cause, _ detail: String) {
    submit(
      Decided(
        unopened: claim, status: parts.spool.look(at: claim), cause: cause, detail: detail,
        generation: generation.name))
  }

  /// Hands the verdict over. The item is no longer counted here by then: the committer asks whether
  /// others are on their way. And where the committer waits for a disk, that is not this worker's
  /// silence.
  private func submit(_ decided: Decided) {
    letGo()
    parts.progress.idle(index)
    parts.committer.submit(decided)
  }

  private func letGo() {
    guard isCounted else { return }
    isCounted = false
    parts.queue.finished()
  }

  private func later(_ claim: Claim, nanoseconds: UInt64) {
    parts.queue.add(claim, at: parts.clock.monotonic() + nanoseconds)
  }
}
