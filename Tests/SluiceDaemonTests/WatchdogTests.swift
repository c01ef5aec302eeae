import Glibc
import SluiceActions
import SluiceCore
import SluiceSpool
import SluiceTestSupport
import Testing

@testable import SluiceDaemon

/// A worker that is slow and gets on is not taken for one that hangs.
@Suite struct WatchdogTests {
  private static let watchdog = Nanoseconds(seconds: 30)

  /// All that a daemon is made of, on a clock that only the test moves.
  private struct Stage {
    let directory = TemporaryDirectory()
    let time = Monitor<UInt64>(1_000_000_000)
    let parts = Monitor<Parts?>(nil)
    /// Whether the watchdog was content whenever it was asked, and how often that was.
    let seen = Monitor((content: true, asked: 0))

    init(_ change: (Stage, inout FileCalls) -> Void) throws {
      ToyPack.write(in: directory)
      var calls = FileCalls.system
      calls.clone = { _, _ in -EOPNOTSUPP }
      change(self, &calls)
      let time = time
      let clock = Clock(
        now: { Clock.system.now() }, monotonic: { time.withLock { $0 } })
      let source = try DaemonArguments(
        spool: directory.path + "/spool", rules: [directory.path + "/rules"],
        log: directory.path + "/log"
      ).source()
      let start = DaemonStart(
        source: source, clock: clock, logger: JournalHandler.logger(),
        service: ServiceManager(socket: nil, watchdog: nil, clock: clock), inbox: Inbox(),
        calls: calls)
      let made = try start.open()
      parts.update { $0 = made }
    }

    /// So much time passes; then the watchdog is asked.
    func pass(seconds: UInt64) {
      time.withLock { $0 += seconds * 1_000_000_000 }
      guard let parts = parts.withLock({ $0 }) else { return }
      let isAlive = parts.progress.isAlive(within: WatchdogTests.watchdog)
      seen.withLock { $0 = ($0.content && isAlive, $0.asked + 1) }
    }

    /// Drops a file that somebody else has a link to, and has a worker examine it.
    func examine(megabytes: Int) throws -> Worker {
      let outside = directory.write("outside", [UInt8](repeating: 97, count: megabytes << 20))
      link(outside, directory.path + "/spool/incoming/x")
      let parts = try #require(parts.withLock { $0 })
      let claim = try #require(parts.intake.next(timeoutNanoseconds: 0).first)
      let worker = Worker(parts: parts, index: 0)
      worker.examine(claim)
      return worker
    }
  }

  @Test("A slow copy of a file with another link is progress, by whichever call it is copied")
  func slowCopy() throws {
    for byHand in [false, true] {
      let stage = try Stage { stage, calls in
        // One megabyte in three seconds, as from a disk that is worn or busy.
        calls.copyRange = { from, to, offset, length in
          if byHand { return -Int64(EXDEV) }
          stage.pass(seconds: 3 * max(1, length >> 20))
          return FileCalls.system.copyRange(from, to, offset, length)
        }
        calls.read = { file, bytes, offset in
          if byHand, bytes.count > 4096 { stage.pass(seconds: 1) }
          return FileCalls.system.read(file, bytes, offset)
        }
      }
      _ = try stage.examine(megabytes: 40)
      let seen = stage.seen.withLock { $0 }
      #expect(seen.content && seen.asked > 4, "by hand: \(byHand), asked \(seen.asked) times")
    }
  }

  @Test("A worker whose verdict waits for the disk is not busy with its item")
  func slowCommit() throws {
    let stage = try Stage { _, _ in }
    // No committer runs: the queue of verdicts fills up, as it does while a sync takes long.
    let parts = try #require(stage.parts.withLock { $0 })
    for number in 0..<Committer.queueLimit {
      parts.committer.submit(
        Decided(
          unopened: Claim(
            id: ItemID(milliseconds: UInt64(number), random: (0, 0)), batch: "b", position: 0,
            source: "default", name: [97]), status: nil, cause: .unreadable, detail: "x",
          generation: "g"))
    }
    let thread = try #require(
      SystemThread("worker") { _ = try? stage.examine(megabytes: 1) })
    try Wait.until(5, "the worker is taken for busy") {
      parts.counters.values.bytes > 0 && parts.progress.busy == 0
    }
    stage.pass(seconds: 60)
    #expect(stage.seen.withLock { $0.content })
    parts.committer.stop()
    thread.join()
  }
}
