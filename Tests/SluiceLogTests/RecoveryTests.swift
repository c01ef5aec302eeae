import SluiceCore
import SluiceTestSupport
import Testing

@testable import SluiceLog

@Suite struct RecoveryTests {
  private let test = TestLog()

  /// Twelve lines, of which a checkpoint seals the first ten.
  private func unclean() throws -> [[UInt8]] {
    let log = try test.open()
    for number in 2...10 { try log.append([TestLog.record(number)]) }
    try log.commit()
    try log.checkpoint()
    try log.append([TestLog.record(11), TestLog.record(12)])
    try log.commit()
    return lines(test.read())
  }

  private func reopen() throws -> LogRecovery {
    let (log, recovery) = try LogWriter.open(test.options(), clock: test.clock)
    try log.append([LogRecord(.started)])
    try log.close()
    return recovery
  }

  @Test("Lines behind the last checkpoint are kept when the chain reaches them")
  func kept() throws {
    _ = try unclean()
    let recovery = try reopen()
    #expect(recovery.lines == 12 && recovery.cutBytes == 0 && !recovery.wasStoppedCleanly)
    #expect(try test.verify().fault == nil)
  }

  @Test("A torn tail, NULs and stray bytes are cut off, kept aside, and recorded")
  func tails() throws {
    let good = try unclean()
    let tails: [[UInt8]] = [
      Array("{\"seq\":13,\"time\":\"2026".utf8), [UInt8](repeating: 0, count: 5000),
      Array("nonsense\n".utf8), [0x0A],
      Array(good[10].dropLast(30)) + [UInt8](repeating: 0, count: 30), good[3],
    ]
    for tail in tails {
      let before = try test.entries().count
      let whole = test.read()
      test.write(whole + tail)
      let recovery = try reopen()
      #expect(recovery.lines == before && recovery.cutBytes == tail.count)
      #expect(test.read(try #require(recovery.keptIn)) == tail)
      let record = try #require(try test.entries().dropLast().last)
      #expect(record.event == .recovered && record.json["bytes"] == .int(tail.count))
      #expect(record.json["after"] == .int(before))
      #expect(try test.verify().fault == nil)
    }
  }

  @Test("NULs in a line behind the checkpoint cut that line and all after it")
  func holes() throws {
    var parts = try unclean()
    for index in 20..<60 { parts[10][index] = 0 }
    test.write(Array(parts.joined()))
    let recovery = try reopen()
    #expect(recovery.lines == 10 && recovery.cutBytes == parts[10].count + parts[11].count)
    #expect(try test.verify().fault == nil)
  }

  @Test("A log that does not reach its last checkpoint is refused, and left as it is")
  func refused() throws {
    let parts = try unclean()
    var changed = parts
    changed[4][30] ^= 1
    var torn = parts.prefix(9).flatMap { $0 }
    torn.append(contentsOf: parts[9].prefix(20))
    for bytes in [Array(parts.prefix(9).joined()), torn, Array(changed.joined()), []] {
      test.write(bytes)
      do throws(LogError) {
        _ = try LogWriter.open(test.options(), clock: test.clock)
        Issue.record("a log that lost sealed lines was opened")
      } catch {
        #expect(error.code == .broken)
      }
      #expect(test.read() == bytes)
    }
  }

  @Test("After a clean stop a shortened or changed end is refused as well")
  func refusedAfterClose() throws {
    try test.fill(lines: 12)
    let parts = lines(test.read())
    var changed = parts
    changed[11][40] ^= 1
    for bytes in [Array(parts.prefix(9).joined()), Array(changed.joined()), Array(parts[0])] {
      test.write(bytes)
      #expect(throws: LogError.self) { try test.open() }
      #expect(test.read() == bytes)
    }
    test.write(Array(parts.joined()))
    #expect(try reopen().lines == 12)
  }

  @Test("A crash between two files, or in the first line of one, loses nothing")
  func betweenFiles() throws {
    let log = try test.open()
    try log.append([TestLog.record(2)])
    try log.rotate()
    try log.close()
    #expect(!test.files.contains("actions.jsonl"))
    #expect(try reopen().lines == 2)
    try FileMover.move(
      test.directory + "/actions.jsonl", test.directory + "/actions-0000000000000003.jsonl")
    test.write([])
    #expect(try reopen().lines == 3)
    try FileMover.move(
      test.directory + "/actions.jsonl", test.directory + "/actions-0000000000000004.jsonl")
    test.write(Array("{\"seq\":5".utf8))
    #expect(try reopen().cutBytes == 8)
    #expect(try test.verify().fault == nil)
    #expect(try test.entries().map(\.seq) == Array(1...6))
  }

  @Test("Lines that a failed sync left behind and nobody repeats are cut off")
  func leftBehind() throws {
    var log: LogWriter? = try test.open()
    try log?.append((2...6).map(TestLog.record))
    test.failures.plan(.sync, 5)
    #expect(throws: LogError.self) { try log?.commit() }
    try log?.commit()
    log = nil
    // Of the next file only the first two lines reached the disk.
    test.write(Array(lines(test.read()).prefix(2).joined()))
    let recovery = try reopen()
    #expect(recovery.lines == 3)
    let report = try test.verify()
    #expect(report.fault == nil && report.lines?.lowerBound == 1)
  }

  @Test("A torn checkpoint is dropped and a new one is written whole")
  func tornCheckpoint() throws {
    _ = try unclean()
    test.write(test.read("checkpoints") + Array("test.example/sluice\n12\nAA".utf8), "checkpoints")
    #expect(try reopen().lines == 12)
    let report = try test.verify()
    #expect(report.fault == nil && report.checkpoints == 2 && report.notes.isEmpty)
  }

  @Test("A key that others can read is refused, and a lost one is replaced with a record")
  func keys() throws {
    try test.fill(lines: 3)
    #expect(String(decoding: test.read("../keys/log.key"), as: UTF8.self).hasPrefix("PRIVATE+KEY+"))
    FileMover.mode(test.keys + "/log.key", 0o640)
    #expect(throws: LogError.self) { try test.open() }
    TemporaryDirectory.remove(test.keys)
    try test.fill(lines: 3)
    #expect(try test.entries().contains { $0.event == .logKey })
    #expect(try test.verify().fault?.kind == .checkpoint)
  }

  @Test("A newer format is refused")
  func format() throws {
    try test.fill(lines: 2)
    test.write(Array("sluice-log 2\n".utf8), "format")
    #expect(throws: LogError.self) { try test.open() }
  }
}
