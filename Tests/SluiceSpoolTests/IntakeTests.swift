import Glibc
import SluiceCore
import Synchronization
import Testing

@testable import SluiceSpool

@Suite struct IntakeTests {
  @Test("Folders that are made or moved in are watched, with what is in them already")
  func folders() throws {
    let fixture = SpoolFixture()
    let intake = try Intake(spool: fixture.open())
    #expect(try intake.now() == [])
    fixture.directory.write("tree/a/one", "1")
    fixture.directory.write("tree/two", "2")
    rename(fixture.directory.path + "/tree", fixture.incoming + "/tree")
    var names = try intake.claims(2).map { $0.source + ":" + text($0.name) }
    mkdir(fixture.incoming + "/tree/b", 0o755)
    _ = try intake.now()
    try fixture.drop("tree/b/three")
    names += try intake.claims(1).map { $0.source + ":" + text($0.name) }
    #expect(names.sorted() == ["tree:a/one", "tree:b/three", "tree:two"])
  }

  @Test("After an overflow of the queue of events, a scan finds what they would have told")
  func overflow() throws {
    let fixture = SpoolFixture()
    let intake = try Intake(spool: fixture.open())
    #expect(try intake.now() == [])
    // In turns, since the system merges two equal events in a row; it keeps 16,384 by default.
    for number in 0..<17_000 {
      let path = fixture.incoming + (number % 2 == 0 ? "/a" : "/b")
      close(open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o644))
    }
    // No event tells of these.
    for number in 0..<20 { try fixture.drop("\(number)") }
    #expect(try intake.claims(22).count == 22)
    #expect(intake.status.claimed == 22)
    #expect(try fixture.names("incoming") == [])
  }

  @Test("Where the limit of watches is reached, scans find what is dropped")
  func watchLimit() throws {
    let fixture = SpoolFixture()
    var calls = FileCalls.system
    calls.watch = { _, _ in -ENOSPC }
    let intake = try Intake(spool: fixture.open(SpoolOptions(), calls))
    #expect(try intake.now() == [])
    #expect(intake.status.watching == .rescans)
    try fixture.drop("x")
    #expect(try intake.next(timeoutNanoseconds: patience).count == 1)
  }

  @Test("Claiming pauses with the reason while there is no room, and goes on by itself")
  func room() throws {
    let fixture = SpoolFixture()
    let spool = try fixture.open(SpoolOptions(quarantineBytes: 5))
    let claim = try spool.claim(fixture, "kept", "12345")
    _ = try spool.place(claim, nil, into: .quarantine)
    let intake = try Intake(spool: spool)
    try fixture.drop("x")
    #expect(try intake.now() == [])
    #expect(intake.status.paused?.contains("limits.quarantine_bytes") == true)
    unlink(fixture.path + "/quarantine/\(claim.id)")
    spool.keptFileLeft(bytes: 5)
    #expect(try intake.next(timeoutNanoseconds: patience).count == 1)
    #expect(intake.status.paused == nil)
  }

  @Test("Too little free space or too few free inodes stop claiming")
  func freeSpace() throws {
    let fixture = SpoolFixture()
    let facts = Mutex<(Int64, Int64)>((1 << 40, -1))
    var calls = FileCalls.system
    calls.fileSystem = { descriptor in
      var found = FileSystemFacts(of: descriptor)
      (found.freeBytes, found.freeInodes) = facts.withLock(\.self)
      return found
    }
    let spool = try fixture.open(SpoolOptions(freeSpaceBytes: 1000), calls)
    #expect(try spool.lackOfRoom() == nil)
    facts.withLock { $0 = (999, -1) }
    #expect(try spool.lackOfRoom()?.contains("limits.free_space") == true)
    facts.withLock { $0 = (1000, 10) }
    #expect(try spool.lackOfRoom()?.contains("inodes") == true)
  }

  @Test("An idle intake wakes at most once a second")
  func idle() throws {
    let fixture = SpoolFixture()
    let rounds = Mutex(0)
    var calls = FileCalls.system
    calls.fileSystem = { descriptor in
      rounds.withLock { $0 += 1 }
      return FileSystemFacts(of: descriptor)
    }
    let intake = try Intake(spool: fixture.open(SpoolOptions(), calls))
    #expect(try intake.now() == [])
    rounds.withLock { $0 = 0 }
    #expect(try intake.next(timeoutNanoseconds: 1_500_000_000) == [])
    #expect(rounds.withLock(\.self) <= 3)
  }

  @Test("A stop from another thread ends the wait")
  func stop() async throws {
    let fixture = SpoolFixture()
    let intake = try Intake(spool: fixture.open())
    let ended = Task.detached { try intake.next(timeoutNanoseconds: 60_000_000_000) }
    intake.stop()
    #expect(try await ended.value == [])
    try fixture.drop("x")
    #expect(try intake.next(timeoutNanoseconds: patience) == [])
  }

  @Test("A fault of the system is thrown once, and what was to be claimed is claimed later")
  func faults() throws {
    let fixture = SpoolFixture()
    let code = Mutex<Int32>(0)
    var calls = FileCalls.system
    calls.move = { from, name, to, target in
      let code = code.withLock(\.self)
      return code == 0 ? FileCalls.system.move(from, name, to, target) : -code
    }
    let intake = try Intake(spool: fixture.open(SpoolOptions(), calls))
    #expect(try intake.now() == [])
    for fault in [ENOSPC, EDQUOT, EIO, EROFS] {
      code.withLock { $0 = fault }
      try fixture.drop("x\(fault)")
      let error = #expect(throws: SpoolError.self) { try intake.claims(1) }
      #expect(error?.isSystemFault == true)
      #expect(fixture.status("incoming/x\(fault)") != nil)
      code.withLock { $0 = 0 }
      #expect(try intake.claims(1).count == 1)
    }
    #expect(try fixture.names("incoming") == [])
  }

  @Test("A refused rename leaves the file, reports it, and is tried again by a later scan")
  func refused() throws {
    let fixture = SpoolFixture()
    let code = Mutex<Int32>(EPERM)
    var calls = FileCalls.system
    calls.move = { from, name, to, target in
      let code = name == FilePath("x".utf8) ? code.withLock(\.self) : 0
      return code == 0 ? FileCalls.system.move(from, name, to, target) : -code
    }
    let spool = try fixture.open(SpoolOptions(), calls)
    let intake = try Intake(spool: spool)
    try fixture.drop("x")
    #expect(try intake.now() == [])
    #expect(intake.takeUnclaimable().map(\.reason) == [.refused])
    #expect(try spool.allUnfinished() == [])
    code.withLock { $0 = 0 }
    fixture.advance(seconds: 31)
    #expect(try intake.now().count == 1)
    #expect(intake.status.unclaimableCount == 0)
  }

  @Test("Emptied nested folders go after a while; source folders of ours stay")
  func emptied() throws {
    let fixture = SpoolFixture()
    let intake = try Intake(spool: fixture.open())
    try fixture.drop("mail/a/b/x")
    #expect(try intake.claims(1).count == 1)
    fixture.advance(seconds: 31)
    _ = try intake.now()
    fixture.advance(seconds: 31)
    _ = try intake.now()
    #expect(try fixture.names("incoming/mail") == [])
  }

  @Test("A million files would be claimed in flat memory: what is remembered is bounded")
  func bounds() throws {
    var queue = CandidateQueue(most: 10)
    let candidate = Candidate(path: [1], notice: .scan, time: Timestamp(microseconds: 0))
    for _ in 0..<100 { queue.append(candidate) }
    #expect(queue.count == 10)
    var waiting = WaitingFiles()
    var status = stat()
    status.st_mode = S_IFREG
    for number in 0..<3000 {
      let candidate = Candidate(
        path: FilePath("\(number)".utf8), notice: .scan, time: Timestamp(microseconds: 0))
      _ = waiting.note(candidate, FileStatus(status), settling: nil, settle: 1, now: 0)
    }
    #expect(waiting.count == WaitingFiles.most)
    var unclaimable = UnclaimableFiles()
    for number in 0..<3000 {
      unclaimable.note(
        Unclaimable(
          path: FilePath("\(number)".utf8), reason: .refused, detail: "",
          since: Timestamp(microseconds: 0)))
    }
    #expect(unclaimable.count == 3000)
    #expect(unclaimable.list.count == UnclaimableFiles.most)
    #expect(unclaimable.takeFresh().count == UnclaimableFiles.most)
  }
}
