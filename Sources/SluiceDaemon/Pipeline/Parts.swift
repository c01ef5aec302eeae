import Glibc
import Logging
import SluiceActions
import SluiceCore
import SluiceExtract
import SluiceLog
import SluiceSpool

/// What a running daemon is made of: everything that several of its threads use.
package final class Parts: Sendable {
  package let config: Config
  package let clock: Clock
  package let logger: Logger
  package let started: Timestamp
  package let service: ServiceManager
  package let spool: Spool
  package let recorder: Recorder
  package let journal: Journal
  package let store: RuleStore
  package let guardian: ProbationGuard
  package let intake: Intake
  package let queue: ItemQueue
  package let gate: PauseGate
  package let progress: Progress
  package let counters: Counters
  package let committer: Committer
  package let inbox: Inbox
  /// What the process that opens items said of itself at the start.
  package let child: ChildHello
  package let workers: Int
  package let quarantine: Quarantine
  private let retention = Monitor<(span: Nanoseconds, retention: Retention)?>(nil)

  package init(
    config: Config, clock: Clock, logger: Logger, service: ServiceManager, spool: Spool,
    recorder: Recorder, journal: Journal, store: RuleStore, guardian: ProbationGuard,
    intake: Intake, inbox: Inbox, child: ChildHello
  ) {
    self.child = child
    self.config = config
    self.clock = clock
    self.logger = logger
    self.service = service
    self.spool = spool
    self.recorder = recorder
    self.journal = journal
    self.store = store
    self.guardian = guardian
    self.intake = intake
    self.inbox = inbox
    quarantine = Quarantine(journal: journal)
    started = clock.now()
    workers = config.workers > 0 ? config.workers : Machine.cores
    let queue = ItemQueue(capacity: config.queueLength, clock: clock)
    queue.changed(to: store.current.number)
    let gate = PauseGate(clock: clock)
    let counters = Counters()
    self.queue = queue
    self.gate = gate
    self.counters = counters
    progress = Progress(workers: workers, clock: clock)
    let faults = Faults(
      gate: gate, counters: counters, recorder: recorder, logger: logger, clock: clock)
    self.faults = faults
    committer = Committer(
      journal: journal,
      hooks: Committer.Hooks(
        committed: { items in
          for item in items { counters.committed(item.verdict) }
          inbox.recorded(at: clock.monotonic())
        },
        fault: { error in
          if let error { faults.report(.commit, error.message) } else { faults.passed(.commit) }
        },
        returned: { claims in
          queue.add(claims)
          gate.gaveBack(.commit)
        },
        stuck: { claim, error in
          logger.error(
            "an item cannot be moved and stays in work/: \(error.message)",
            metadata: ["item": "\(claim.id)"])
        },
        expectsMore: { queue.isBusy }))
  }

  package let faults: Faults

  /// Deletes kept items that have had their time; nil keeps all.
  func expire(_ span: Nanoseconds?) {
    let run = retention.withLock { known -> Retention? in
      guard let span else {
        known = nil
        return nil
      }
      if known?.span != span {
        let actor = Actor(uid: geteuid(), user: "retention")
        known = (
          span, Retention(quarantine: quarantine, retainSeconds: span.seconds, actor: actor)
        )
      }
      return known?.retention
    }
    do throws(ActionError) {
      if let count = try run?.run(), count > 0 {
        logger.notice("retention: \(count) items deleted")
      }
    } catch {
      logger.error("retention: \(error.message)")
    }
  }
}

/// Faults of the system: shown, counted and recorded when they begin and when they have passed.
package final class Faults: Sendable {
  private let gate: PauseGate
  private let counters: Counters
  private let recorder: Recorder
  private let logger: Logger
  private let clock: Clock

  init(
    gate: PauseGate, counters: Counters, recorder: Recorder, logger: Logger, clock: Clock
  ) {
    self.gate = gate
    self.counters = counters
    self.recorder = recorder
    self.logger = logger
    self.clock = clock
  }

  package func report(_ part: PauseGate.Part, _ reason: String) {
    counters.fault()
    guard gate.fault(part, reason) else { return }
    logger.error("work pauses: \(reason)")
    record(.paused, [.init("part", .string(part.rawValue)), .init("reason", .string(reason))])
  }

  package func passed(_ part: PauseGate.Part) {
    guard let pause = gate.worked(part) else { return }
    logger.notice("work goes on")
    record(
      .resumed,
      [
        .init("part", .string(part.rawValue)), .init("reason", .string(pause.reason)),
        .init("since", .string(pause.since.description)),
      ])
  }

  /// The log may be what is at fault: its lines then wait for the next commit that works.
  private func record(_ event: LogRecord.Event, _ members: [JSON.Member]) {
    do {
      try recorder.record([LogRecord(event, members)])
    } catch {
      logger.error("not recorded for now: \(error)")
    }
  }
}
