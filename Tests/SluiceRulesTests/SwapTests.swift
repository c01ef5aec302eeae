import Glibc
import SluiceCore
import SluiceTestSupport
import Synchronization
import Testing

@testable import SluiceRules

@Suite struct SwapTests {
  /// Two packs whose rules all have the same score.
  private static func write(_ directory: TemporaryDirectory, _ set: String, score: Int) {
    for pack in ["one", "two"] {
      directory.write("\(set)/\(pack)/pack.yaml", Sample.manifest(pack))
      for index in 0..<3 {
        let rule = Sample.rule("\(pack).theme.rule-\(index)", more: "score: \(score)")
        directory.write("\(set)/\(pack)/rules-\(index).yaml", Sample.rules(rule))
      }
    }
  }

  @Test("A set that is replaced while it is read is the old one or the new one, never a mixture")
  func swap() {
    let directory = TemporaryDirectory()
    Self.write(directory, "a", score: 1)
    Self.write(directory, "b", score: 2)
    let current = directory.path + "/current"
    symlink("a", current)
    let writer = Writer { round in
      symlink(round.isMultiple(of: 2) ? "b" : "a", current + ".new")
      rename(current + ".new", current)
      usleep(UInt32(200 + round * 37 % 1500))
    }
    var seen: Set<Set<Int>> = []
    for _ in 0..<60 {
      let reading = PackReader.read([current], options: Sample.options())
      guard !reading.hasErrors else {
        #expect(reading.codes.allSatisfy { $0 == "changed-while-reading" })
        continue
      }
      #expect(reading.ruleSet.rules.count == 6)
      seen.insert(Set(reading.ruleSet.rules.map(\.score)))
    }
    writer.stop()
    #expect(seen.isSubset(of: [[1], [2]]))
    #expect(!seen.isEmpty)
  }

  @Test("A set that never stands still is refused")
  func restless() {
    let directory = TemporaryDirectory()
    Self.write(directory, "set", score: 1)
    let file = directory.path + "/set/one/rules-0.yaml"
    let writer = Writer { round in
      let rule = Sample.rule("one.theme.rule-0", more: "score: \(round % 100)")
      directory.write("draft", Sample.rules(rule))
      rename(directory.path + "/draft", file)
    }
    var refused = false
    // On a busy machine many readings fit between two turns of the writer.
    let end = ContinuousClock.now + .seconds(20)
    while !refused, ContinuousClock.now < end {
      let reading = PackReader.read([directory.path + "/set"], options: Sample.options())
      refused = reading.codes.contains("changed-while-reading") && reading.hasErrors
    }
    writer.stop()
    #expect(refused)
  }
}

/// Does something over and over on a thread of its own until it is stopped.
private final class Writer: Sendable {
  private let running = Atomic<Bool>(true)
  private let stopped = Atomic<Bool>(false)
  private let change: @Sendable (Int) -> Void

  init(_ change: @escaping @Sendable (Int) -> Void) {
    self.change = change
    var thread = pthread_t()
    let error = pthread_create(
      &thread, nil,
      { argument in
        Unmanaged<Writer>.fromOpaque(argument!).takeRetainedValue().run()
        return nil
      }, Unmanaged.passRetained(self).toOpaque())
    precondition(error == 0)
    pthread_detach(thread)
  }

  private func run() {
    var round = 0
    while running.load(ordering: .acquiring) {
      change(round)
      round += 1
    }
    stopped.store(true, ordering: .releasing)
  }

  /// Returns when the thread does nothing any more.
  func stop() {
    running.store(false, ordering: .releasing)
    while !stopped.load(ordering: .acquiring) { sched_yield() }
  }
}
