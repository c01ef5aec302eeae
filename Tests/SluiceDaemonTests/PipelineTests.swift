import Glibc
import SluiceCore
import SluiceRules
import SluiceSpool
import SluiceTestSupport
import Testing

@testable import SluiceDaemon

@Suite struct PipelineTests {
  private func claim(_ number: Int) -> Claim {
    Claim(
      id: ItemID(milliseconds: UInt64(number), random: (0, 0)), batch: "b", position: number,
      source: "default", name: [97])
  }

  @Test("Items leave the queue in order, and intake learns of the room")
  func order() {
    let queue = ItemQueue(capacity: 3, clock: .system)
    queue.add([claim(1), claim(2)])
    #expect(queue.room() == 1)
    #expect(queue.take(generation: 0) == .claim(claim(1)))
    #expect(queue.take(generation: 0) == .claim(claim(2)))
    #expect(queue.counts.examining == 2 && queue.room() == 3)
  }

  @Test("Intake learns of the room whichever workers take at the same moment")
  func roomForIntake() throws {
    let queue = ItemQueue(capacity: 4, clock: .system)
    let total = 60_000
    let taken = Monitor(0)
    let workers = try (0..<4).map { index in
      try #require(
        SystemThread("worker-\(index)") {
          while case .claim = queue.take(generation: 0) { taken.update { $0 += 1 } }
        })
    }
    let intake = try #require(
      SystemThread("intake") {
        var given = 0
        while given < total, let room = queue.room() {
          let claims = (0..<min(room, total - given)).map { number in
            Claim(
              id: ItemID(milliseconds: UInt64(given + number), random: (0, 0)), batch: "b",
              position: number, source: "default", name: [97])
          }
          queue.add(claims)
          given += claims.count
        }
      })
    defer {
      queue.stop()
      for thread in workers + [intake] { thread.join() }
    }
    try Wait.until(60, "all are taken") { taken.withLock { $0 } == total }
  }

  @Test("A worker that waits lets go of an old generation at once")
  func refresh() throws {
    let queue = ItemQueue(capacity: 3, clock: .system)
    let seen = Monitor<ItemQueue.Work?>(nil)
    let thread = try #require(
      SystemThread("waiting") {
        let work = queue.take(generation: 0)
        seen.update { $0 = work }
      })
    queue.changed(to: 1)
    thread.join()
    #expect(seen.withLock { $0 } == .refresh)
  }

  @Test("An item put aside comes back when its time has come, also while a worker waits")
  func later() throws {
    let queue = ItemQueue(capacity: 3, clock: .system)
    let seen = Monitor<ItemQueue.Work?>(nil)
    let thread = try #require(
      SystemThread("waiting") {
        let work = queue.take(generation: 0)
        seen.update { $0 = work }
      })
    queue.add(claim(7), at: Clock.system.monotonic() + 20_000_000)
    thread.join()
    #expect(seen.withLock { $0 } == .claim(claim(7)))
  }

  @Test("A stopped queue tells everyone")
  func stops() {
    let queue = ItemQueue(capacity: 1, clock: .system)
    queue.add([claim(1)])
    queue.stop()
    #expect(queue.take(generation: 0) == .stop)
    #expect(queue.room() == nil)
  }

  @Test("A sync of items that fails pauses the work, which goes on by itself", arguments: [1, 3])
  func failedSync(times: Int) throws {
    let directory = TemporaryDirectory()
    ToyPack.write(in: directory)
    let failures = Monitor(0)
    var calls = FileCalls.system
    calls.syncAll = { folder in
      let fails = failures.update { left in
        defer { left = max(0, left - 1) }
        return left > 0
      }
      return fails ? -ENOMEM : FileCalls.system.syncAll(folder)
    }
    let source = try DaemonArguments(
      spool: directory.path + "/spool", rules: [directory.path + "/rules"],
      log: directory.path + "/log"
    ).source()
    let parts = try DaemonStart(
      source: source, clock: .system, logger: JournalHandler.logger(),
      service: ServiceManager(socket: nil, watchdog: nil, clock: .system), inbox: Inbox(),
      calls: calls
    ).open()
    failures.update { $0 = times }
    directory.write("spool/incoming/a.txt", "The hedge is cut on Saturday.\n")
    parts.queue.add(try parts.intake.next(timeoutNanoseconds: 0))
    let worker = try #require(SystemThread("worker") { Worker(parts: parts, index: 0).run() })
    let committer = try #require(SystemThread("committer") { parts.committer.run() })
    defer {
      parts.gate.stop()
      parts.queue.stop()
      parts.committer.stop()
      worker.join()
      committer.join()
    }
    try Wait.until(20, "the item passes, paused: \(parts.gate.pause?.reason ?? "no")") {
      access(directory.path + "/spool/passed/a.txt", F_OK) == 0
    }
    try Wait.until(5, "the work goes on") { parts.gate.pause == nil }
    #expect(failures.withLock { $0 } == 0)
  }

  @Test("A fault pauses until something works, and waits longer each time")
  func pauses() {
    let time = Monitor<UInt64>(0)
    let gate = PauseGate(
      clock: Clock(
        now: { Timestamp(microseconds: 5) }, monotonic: { time.withLock { $0 } }))
    #expect(gate.pass())
    #expect(gate.fault(.examine, "no descriptors"))
    let first = gate.pause?.retryAt ?? 0
    #expect(!gate.fault(.examine, "no descriptors"))
    #expect((gate.pause?.retryAt ?? 0) > first && gate.pause?.reason == "no descriptors")
    time.withLock { $0 = 60_000_000_000 }
    #expect(gate.pass())
    #expect(gate.worked(.commit) == nil)
    #expect(gate.worked(.examine)?.since == Timestamp(microseconds: 5))
    #expect(gate.pause == nil)
  }

  @Test("However many requests come while a reload runs, one more serves them all")
  func coalesces() throws {
    let runs = Monitor(0)
    let mayGo = Monitor(false)
    let outcome = RuleStore.Outcome(
      accepted: true, generation: "g", diagnostics: [], change: LiveRules.Change())
    let reloader = Reloader {
      runs.update { $0 += 1 }
      _ = mayGo.wait { $0 ? true : nil }
      return outcome
    }
    let thread = try #require(SystemThread("reload") { reloader.run() })
    reloader.request()
    _ = runs.wait { $0 == 1 ? true : nil }
    for _ in 0..<10 { reloader.request() }
    mayGo.update { $0 = true }
    #expect(reloader.requestAndWait()?.generation == "g")
    reloader.stop()
    thread.join()
    #expect((2...3).contains(runs.withLock { $0 }))
  }

  @Test("The watchdog hears nothing of a busy worker that is silent, and of an idle one it does")
  func progress() {
    let time = Monitor<UInt64>(1)
    let progress = Progress(
      workers: 2,
      clock: Clock(now: { Timestamp(microseconds: 0) }, monotonic: { time.withLock { $0 } }))
    progress.beat(1)
    time.withLock { $0 = 10_000_000_000 }
    #expect(!progress.isAlive(within: Nanoseconds(seconds: 5)))
    #expect(progress.isAlive(within: Nanoseconds(seconds: 20)))
    progress.idle(1)
    #expect(progress.isAlive(within: Nanoseconds(seconds: 5)))
  }

  @Test(
    "Sources match with * for any run of characters",
    arguments: [
      ("mail", "mail", true), ("mail-in", "mail*", true), ("mail", "*", true), ("a", "", false),
      ("xmail", "mail*", false), ("a-b-c", "a*b*c", true), ("a-b-d", "a*b*c", false),
    ])
  func wildcards(_ text: String, _ pattern: String, _ matches: Bool) {
    #expect(Wildcard.matches(Array(text.utf8), Array(pattern.utf8)) == matches)
  }

  @Test("What an update brings is told by rule")
  func changes() throws {
    var old = LiveRules()
    old.generation = "a"
    old.rules = ["x": "1", "y": "1", "z": "1"]
    var new = old
    new.rules = ["w": "1", "x": "1", "y": "2"]
    let change = old.change(to: new)
    #expect(change.added == ["w"] && change.changed == ["y"] && change.removed == ["z"])
    #expect(LiveRules(json: try JSON(parsing: new.json.bytes)) == new)
  }

  @Test("Metrics are OpenMetrics: types, units, escaped labels, an end")
  func metrics() {
    var metrics = Metrics()
    metrics.add("a", .counter, "Some \"help\".", [([("l", "x\"\n\\")], 3)])
    #expect(
      metrics.text
        == "# TYPE a counter\n# HELP a Some \\\"help\\\".\na_total{l=\"x\\\"\\n\\\\\"} 3\n# EOF\n")
  }
}
