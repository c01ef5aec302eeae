import Glibc
import SluiceCore
import SluiceTestSupport
import Testing

@testable import SluiceLog

@Suite struct LogWriterTests {
  @Test("A new log begins with the record of its key, and verifies")
  func beginning() throws {
    let test = TestLog()
    let (log, recovery) = try LogWriter.open(test.options(), clock: test.clock)
    #expect(recovery.isNew && recovery.wasStoppedCleanly && recovery.lines == 0)
    #expect(try log.append([LogRecord(.started), LogRecord(.stopped)]) == 2...3)
    try log.commit()
    #expect(log.durableSeq == 3)
    try log.close()
    let entries = try test.entries()
    #expect(entries.map(\.event) == [.logCreated, .started, .stopped])
    #expect(entries.map(\.seq) == [1, 2, 3])
    let report = try test.verify()
    #expect(report.fault == nil && report.lines == 1...3 && report.sealed == 3)
    #expect(report.unsealed == 0 && report.checkpoints == 1)
  }

  @Test("The members stand in their order: seq, time, event, the event's own, prev")
  func order() throws {
    let test = TestLog()
    try test.fill(lines: 2)
    let text = String(decoding: lines(test.read())[1], as: UTF8.self)
    #expect(text.hasPrefix("{\"seq\":2,\"time\":\"2026-09-21T"))
    #expect(
      text.contains(",\"event\":\"paused\",\"reason\":\"number 2 of them\",\"count\":2,\"prev\":"))
  }

  @Test("Nothing is in the file before the commit, and a second writer is refused")
  func commit() throws {
    let test = TestLog()
    let log = try test.open()
    let before = test.read()
    try log.append([LogRecord(.started)])
    #expect(test.read() == before && log.durableSeq == 1 && log.lastSeq == 2)
    #expect(throws: LogError.self) { try test.open() }
    try log.commit()
    #expect(test.read().count > before.count)
    try log.close()
    #expect(throws: LogError.self) { try log.append([LogRecord(.stopped)]) }
  }

  @Test("A file that somebody removes is written anew before the next line counts")
  func removedFile() throws {
    let test = TestLog()
    let log = try test.open()
    try log.append([LogRecord(.started)])
    try log.commit()
    TemporaryDirectory.remove(test.directory + "/actions.jsonl")
    try log.append([LogRecord(.stopped)])
    try log.commit()
    #expect(
      try test.entries().map(\.event) == [.logCreated, .started, .stopped, .logRestarted])
    test.write(Array("not ours\n".utf8), "other")
    rename(test.directory + "/other", test.directory + "/actions.jsonl")
    try log.append([LogRecord(.stopped)])
    #expect(throws: LogError.self) { try log.commit() }
    #expect(test.read() == Array("not ours\n".utf8))
  }

  @Test("The chain and the tree go on over a restart, and over one without the kept tree")
  func restart() throws {
    let test = TestLog()
    try test.fill(lines: 5)
    try test.fill(lines: 5)
    TemporaryDirectory.remove(test.directory + "/tree")
    try test.fill(lines: 5)
    test.write(Array("{\"size\":3}\nnonsense".utf8), "tree")
    try test.fill(lines: 5)
    let report = try test.verify()
    #expect(report.fault == nil && report.lines?.upperBound == 17 && report.checkpoints == 4)
  }

  @Test("Files are started by size, the chain goes on, and a reader follows")
  func rotation() throws {
    let test = TestLog()
    let log = try test.open(test.options(rotateBytes: 2000))
    for number in 1...40 {
      try log.append([TestLog.record(number)])
      try log.commit()
    }
    try log.rotate()
    try log.append([TestLog.record(99)])
    try log.close()
    let files = test.files.filter { $0.hasPrefix("actions") }
    #expect(files.count >= 4 && files.contains("actions-0000000000000001.jsonl"))
    #expect(try test.entries().map(\.seq) == Array(1...42))
    #expect(try test.entries(from: 30).map(\.seq) == Array(30...42))
    #expect(try LogReader.tail(test.directory, count: 15).map(\.seq) == Array(28...42))
    let report = try test.verify()
    #expect(report.fault == nil && report.unsealed == 0 && report.files == files.count)
    try test.fill(lines: 3)
    #expect(try test.verify().fault == nil)
  }

  @Test("A failed sync starts the next file with all lines since the last success")
  func failedSync() throws {
    let test = TestLog()
    let log = try test.open()
    try log.append([TestLog.record(2)])
    try log.commit()
    try log.append([TestLog.record(3), TestLog.record(4)])
    test.failures.plan(.sync, 5)
    #expect(throws: LogError.self) { try log.commit() }
    #expect(log.durableSeq == 2)
    try log.append([TestLog.record(5)])
    try log.commit()
    try log.close()
    #expect(test.files.filter { $0.hasPrefix("actions") }.count == 2)
    let first = try #require(LogForm.first(test.read()))
    #expect(first == 3)
    #expect(try test.entries().map(\.seq) == Array(1...6))
    #expect(try test.entries().last?.event == .logRestarted)
    let report = try test.verify()
    #expect(report.fault == nil && report.repeated == 2 && report.lines == 1...6)
    try test.fill(lines: 3)
    #expect(try test.verify().fault == nil)
  }

  @Test("Syncs that go on failing leave one file and one record of it")
  func failedSyncs() throws {
    let test = TestLog()
    let log = try test.open()
    test.failures.plan(.sync, 5, times: 4)
    try log.append([TestLog.record(2)])
    for _ in 1...4 { #expect(throws: LogError.self) { try log.commit() } }
    try log.commit()
    try log.close()
    #expect(test.files.filter { $0.hasPrefix("actions") }.count == 2)
    #expect(try test.entries().map(\.event) == [.logCreated, .paused, .logRestarted])
    #expect(try test.verify().fault == nil)
  }

  @Test("A full disk is told as such, and the same file goes on when there is room")
  func fullDisk() throws {
    let test = TestLog()
    let log = try test.open()
    test.failures.plan(.write, 28, times: 2)
    try log.append([TestLog.record(2)])
    for _ in 1...2 {
      do {
        try log.commit()
        Issue.record("a full disk was not told")
      } catch { #expect(error.code == .full) }
    }
    try log.commit()
    try log.close()
    #expect(test.files.filter { $0.hasPrefix("actions") } == ["actions.jsonl"])
    #expect(try test.entries().map(\.seq) == [1, 2])
    #expect(try test.verify().fault == nil)
  }

  @Test("A checkpoint whose sync fails is not told, and the next one is whole")
  func failedCheckpoint() throws {
    let test = TestLog()
    let log = try test.open()
    test.failures.plan(.sync, 5)
    #expect(throws: LogError.self) { try log.checkpoint() }
    let checkpoint = try #require(try log.checkpoint())
    #expect(checkpoint.size == 1)
    try log.close()
    let report = try test.verify()
    #expect(report.fault == nil && report.checkpoints == 1 && report.notes.isEmpty)
  }

  @Test("Retention removes whole files that are old and not needed, and says so")
  func retention() throws {
    let test = TestLog()
    let log = try test.open(test.options(rotateBytes: 2000))
    for number in 1...40 {
      try log.append([TestLog.record(number)])
      try log.commit()
    }
    let all = test.files.filter { $0.hasPrefix("actions-") }
    let late = Timestamp(microseconds: 1_900_000_000_000_000)
    #expect(try log.removeRotated(before: Timestamp(microseconds: 0), neededFrom: 99) == [])
    #expect(try log.removeRotated(before: late, neededFrom: 5) == [])
    let removed = try log.removeRotated(before: late, neededFrom: 20)
    #expect(!removed.isEmpty && removed.count < all.count)
    try log.close()
    var report = try test.verify()
    #expect(report.fault == nil && report.first > 1 && report.first <= 20)
    #expect(try test.entries().first?.seq == report.first)
    try test.fill(lines: 4)
    report = try test.verify()
    #expect(report.fault == nil && report.unsealed == 0)
    // The same without a record of it is a fault.
    TemporaryDirectory.remove(test.directory + "/" + test.files.first { $0.hasPrefix("actions-") }!)
    #expect(try test.verify().fault?.kind == .startMissing)
  }

  @Test("Names can expire without breaking the chain")
  func sealedNames() throws {
    let test = TestLog()
    let log = try test.open(test.options(sealNames: true))
    let secret = "Anna's medical file.txt"
    try log.append([
      LogRecord(
        .itemPassed,
        [
          JSON.Member("name", .string(secret)),
          JSON.Member(
            "findings", .array([.object([JSON.Member("segment", .string(secret + " > a"))])])),
        ])
    ])
    try log.close()
    #expect(!String(decoding: test.read(), as: UTF8.self).contains("Anna"))
    let shown = try #require(try test.entries().last?.json)
    #expect(shown["name"] == .string(secret) && shown["name_sealed"] == nil)
    #expect(shown.line.contains("> a"))
    let again = try test.open()
    #expect(try again.removeSealedNames(before: Timestamp(microseconds: .max / 2)).count == 1)
    try again.close()
    #expect(try test.entries().allSatisfy { $0.json["name"] == nil })
    #expect(try test.verify().fault == nil)
  }
}

enum LogForm {
  static func first(_ bytes: [UInt8]) -> Int? { lines(bytes).first.flatMap { LineForm($0)?.seq } }
}
