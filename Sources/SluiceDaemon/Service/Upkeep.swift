import SluiceActions
import SluiceCore
import SluiceLog

/// What the main thread does now and then: seals the log, tells the service manager, keeps state,
/// deletes what has had its time. An idle daemon wakes for it every few seconds at most.
struct Upkeep {
  private static let second: UInt64 = 1_000_000_000

  private let parts: Parts
  private let feeder: EventFeeder?
  private var lastAlive: UInt64 = 0
  private var lastState: UInt64
  private var lastRetention: UInt64 = 0
  private var lastStatus = ""
  private var intakePause: String?

  init(parts: Parts, feeder: EventFeeder?) {
    self.parts = parts
    self.feeder = feeder
    lastState = parts.clock.monotonic()
  }

  /// When to look again at the latest.
  var deadline: UInt64 {
    let now = parts.clock.monotonic()
    var wait = 10 * Self.second
    if let watchdog = parts.service.watchdog { wait = min(wait, watchdog.count / 3) }
    // While records wait to be sealed, a look four times a second tells when the queue has drained.
    if parts.inbox.unsealed != nil { wait = min(wait, Self.second / 4) }
    return now + wait
  }

  mutating func run() {
    let now = parts.clock.monotonic()
    seal(now)
    watch(now)
    showIntake()
    if now - lastState >= 30 * Self.second {
      lastState = now
      keepState()
    }
    if now - lastRetention >= 300 * Self.second {
      lastRetention = now
      retain()
    }
  }

  /// Signs the log's head when the queue has drained, and every few seconds of work.
  private func seal(_ now: UInt64) {
    guard let since = parts.inbox.unsealed else { return }
    feeder?.poke()
    guard parts.committer.isIdle || now - since >= 5 * Self.second else { return }
    parts.inbox.sealed()
    do throws(LogError) {
      if let checkpoint = try parts.recorder.log.checkpoint() {
        parts.logger.info("checkpoint \(checkpoint.size) \(Hex.encode(checkpoint.root))")
      }
    } catch {
      parts.logger.error("no checkpoint: \(error)")
      parts.inbox.recorded(at: now)
    }
  }

  private mutating func watch(_ now: UInt64) {
    if let watchdog = parts.service.watchdog, now - lastAlive >= watchdog.count / 4,
      parts.progress.isAlive(within: watchdog)
    {
      lastAlive = now
      parts.service.alive()
    }
    let status = StatusReport(parts).line
    if status != lastStatus {
      lastStatus = status
      parts.service.status(status)
    }
  }

  /// Records what cannot be claimed, and pauses for room.
  private mutating func showIntake() {
    var records = parts.intake.takeUnclaimable().map { file in
      LogRecord(
        .unclaimable,
        [
          RecordBuilder.text(file.path, key: "path"),
          .init("reason", .string(file.reason.rawValue)), .init("detail", .string(file.detail)),
        ])
    }
    let pause = parts.intake.status.paused
    if pause != intakePause {
      if let pause {
        parts.logger.warning("claiming stops: \(pause)")
        records.append(
          LogRecord(
            .paused, [.init("part", .string("intake")), .init("reason", .string(pause))]))
      } else {
        parts.logger.notice("claiming goes on")
        records.append(LogRecord(.resumed, [.init("part", .string("intake"))]))
      }
      intakePause = pause
    }
    do throws(LogError) { try parts.recorder.record(records) } catch {
      parts.logger.error("not recorded for now: \(error)")
    }
  }

  private func keepState() {
    do throws(FileFailure) {
      for rule in try parts.guardian.tick() {
        parts.logger.notice("the probation of \(rule) is over")
      }
    } catch {
      parts.logger.error("the state of probation is not kept: \(error)")
    }
  }

  private func retain() {
    let config = parts.store.config
    do throws(LogError) {
      if let span = config.logRetain {
        _ = try parts.recorder.log.removeRotated(
          before: ago(span), neededFrom: parts.journal.mark.seq + 1)
      }
      if let span = config.namesRetain {
        _ = try parts.recorder.log.removeSealedNames(before: ago(span))
      }
    } catch {
      parts.logger.error("old files of the log are not removed: \(error)")
    }
    parts.expire(config.retain)
  }

  private func ago(_ span: Nanoseconds) -> Timestamp {
    Timestamp(microseconds: parts.clock.now().microseconds - Int64(span.count / 1000))
  }

  func rotate() {
    do throws(LogError) {
      try parts.recorder.log.rotate()
      parts.logger.notice("the log goes on in a new file")
    } catch {
      parts.logger.error("the log was not rotated: \(error)")
    }
  }

  /// The last acts of an orderly stop.
  func finish() {
    do {
      _ = try parts.guardian.tick()
      try parts.committer.saveMark()
      try parts.recorder.record([LogRecord(.stopped, [])])
      _ = try parts.recorder.log.checkpoint()
      try parts.recorder.log.close()
      try parts.journal.stopMarker.write(at: parts.clock.now())
    } catch {
      parts.logger.error("the stop was not an orderly one: \(error)")
    }
  }
}
