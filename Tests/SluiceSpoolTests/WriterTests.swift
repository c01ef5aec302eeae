import Glibc
import SluiceCore
import Testing

@testable import SluiceSpool

@Suite struct WriterTests {
  @Test("A file with a writer is left alone until it is closed, then claimed at once")
  func openWriter() throws {
    let fixture = SpoolFixture()
    let intake = try Intake(spool: fixture.open())
    let writer = open(fixture.incoming + "/slow", O_WRONLY | O_CREAT | O_CLOEXEC, 0o644)
    write(writer, "first ", 6)
    #expect(try intake.now() == [])
    write(writer, "second", 6)
    #expect(try intake.now() == [])
    #expect(intake.status.waitingForWriters == 1)
    close(writer)
    #expect(try intake.next(timeoutNanoseconds: patience).count == 1)
    #expect(intake.status.waitingForWriters == 0)
  }

  @Test("A file that was moved in with a descriptor kept is left alone until that is closed")
  func keptDescriptor() throws {
    let fixture = SpoolFixture()
    let intake = try Intake(spool: fixture.open())
    #expect(try intake.now() == [])
    let outside = fixture.directory.write("outside", "first ")
    let writer = open(outside, O_WRONLY | O_APPEND | O_CLOEXEC)
    rename(outside, fixture.incoming + "/moved")
    #expect(try intake.now() == [])
    write(writer, "second", 6)
    close(writer)
    let claims = try intake.next(timeoutNanoseconds: patience)
    #expect(claims.count == 1)
  }

  @Test("A writable map of a closed file counts as a writer")
  func writableMap() throws {
    let fixture = SpoolFixture()
    let intake = try Intake(spool: fixture.open())
    let outside = fixture.directory.write("outside", "first ")
    let writer = open(outside, O_RDWR | O_CLOEXEC)
    let map = mmap(nil, 6, PROT_READ | PROT_WRITE, MAP_SHARED, writer, 0)
    close(writer)
    rename(outside, fixture.incoming + "/mapped")
    #expect(try intake.now() == [])
    map?.storeBytes(of: UInt8(ascii: "F"), as: UInt8.self)
    munmap(map, 6)
    #expect(try intake.claims(1).count == 1)
  }

  @Test("A writer that turns up after the claim makes the item wait, and in the end be held")
  func afterClaim() throws {
    let fixture = SpoolFixture()
    let spool = try fixture.open()
    let claim = try spool.claim(fixture, "x")
    let writer = open(fixture.path + "/work/" + text(ClaimPath.file(of: claim)), O_RDWR | O_CLOEXEC)
    guard case .stillWriting(let retry) = try spool.open(claim) else {
      throw Unexpected("no writer seen")
    }
    #expect(retry > fixture.clock.monotonic())
    fixture.advance(seconds: 599)
    #expect(try spool.outcome(claim) == "stillWriting")
    fixture.advance(seconds: 2)
    #expect(try spool.outcome(claim) == "overdue")
    close(writer)
    #expect(try spool.outcome(claim) == "ready")
    // A new writer has a new time to wait.
    let again = open(fixture.path + "/work/" + text(ClaimPath.file(of: claim)), O_RDWR | O_CLOEXEC)
    #expect(try spool.outcome(claim) == "stillWriting")
    close(again)
  }

  @Test("An item that is overdue is held as it is, and its writer loses nothing")
  func overdue() throws {
    let fixture = SpoolFixture()
    let spool = try fixture.open()
    let claim = try spool.claim(fixture, "x", "first ")
    let path = fixture.path + "/work/" + text(ClaimPath.file(of: claim))
    let writer = open(path, O_WRONLY | O_APPEND | O_CLOEXEC)
    #expect(try spool.outcome(claim) == "stillWriting")
    fixture.advance(seconds: 601)
    guard case .overdue(let item) = try spool.open(claim) else { throw Unexpected("not overdue") }
    _ = try spool.place(claim, item.identity, into: .held)
    write(writer, "second", 6)
    close(writer)
    #expect(fixture.read("held/\(claim.id)") == "first second")
  }

  @Test("A writer that comes while an item is judged is noticed, and goes on")
  func whileJudged() throws {
    let fixture = SpoolFixture()
    let spool = try fixture.open()
    let claim = try spool.claim(fixture, "x")
    let path = fixture.path + "/work/" + text(ClaimPath.file(of: claim))
    let item = try spool.ready(claim)
    let before = try spool.hasWriter(item)
    #expect(!before)
    // The lease makes it wait, or with O_NONBLOCK come again; the signal for it is harmless.
    #expect(open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC) == -1 && errno == EWOULDBLOCK)
    let after = try spool.hasWriter(item)
    #expect(after)
    let writer = open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC)
    #expect(writer >= 0)
    #expect(try spool.outcome(claim) == "stillWriting")
    close(writer)
    #expect(try spool.outcome(claim) == "ready")
  }

  @Test("Where writers cannot be seen, a scanned file must have been still for `settle`")
  func settle() throws {
    let fixture = SpoolFixture()
    var calls = FileCalls.system
    calls.takeLease = { _ in -EACCES }
    let spool = try fixture.open(SpoolOptions(), calls)
    fixture.directory.write("spool/incoming/x", "text")
    let intake = try Intake(spool: spool)
    #expect(try intake.now() == [])
    fixture.advance(seconds: 29)
    #expect(try intake.now() == [])
    fixture.advance(seconds: 2)
    #expect(try intake.now().count == 1)
  }

  @Test("Where writers cannot be seen, a close is enough")
  func closedIsEnough() throws {
    let fixture = SpoolFixture()
    var calls = FileCalls.system
    calls.takeLease = { _ in -EACCES }
    let intake = try Intake(spool: fixture.open(SpoolOptions(), calls))
    #expect(try intake.now() == [])
    fixture.directory.write("spool/incoming/x", "text")
    #expect(try intake.next(timeoutNanoseconds: patience).count == 1)
  }

  @Test("A file from the future, after the clock went back, is claimed once it has been still")
  func clockWentBack() throws {
    let fixture = SpoolFixture()
    var calls = FileCalls.system
    calls.takeLease = { _ in -EACCES }
    let behind = Clock(
      now: { Timestamp(microseconds: Clock.system.now().microseconds - 3_600_000_000) },
      monotonic: fixture.clock.monotonic)
    let spool = try Spool.open(fixture.path, options: SpoolOptions(), clock: behind, calls: calls)
    fixture.directory.write("spool/incoming/x", "text")
    let intake = try Intake(spool: spool)
    #expect(try intake.now() == [])
    fixture.advance(seconds: 31)
    #expect(try intake.now().count == 1)
  }

  @Test("Without capabilities, another user's file is left until it is still, then copied")
  func withoutCapabilities() throws {
    let fixture = SpoolFixture()
    chmod(fixture.directory.path, 0o777)
    try OtherUser.run {
      let spool = try fixture.open()
      chmod(fixture.incoming, 0o1777)
      let path = fixture.directory.path + "/foreign"
      let intake = try Intake(spool: spool)
      // Written by the process's own user, root, on another thread of its own.
      try AsOwner.run {
        fixture.directory.write("foreign", "text")
        rename(path, fixture.incoming + "/foreign")
        fixture.directory.write("private", "text")
        chmod(fixture.directory.path + "/private", 0o600)
        rename(fixture.directory.path + "/private", fixture.incoming + "/private")
        mkdir(fixture.incoming + "/folder", 0o755)
        fixture.directory.write("spool/incoming/folder/inner", "text")
      }
      #expect(try intake.now() == [])
      fixture.advance(seconds: 31)
      let claims = try intake.now()
      #expect(claims.map(\.name) == [FilePath("foreign".utf8)])
      let reasons = intake.takeUnclaimable().map { ($0.path, $0.reason) }.sorted {
        $0.0.lexicographicallyPrecedes($1.0)
      }
      #expect(reasons.map { text($0.0) } == ["folder", "private"])
      #expect(reasons.map(\.1) == [.closedFolder, .unreadable])
      let claim = try #require(claims.first)
      let item = try spool.ready(claim)
      let (isCopy, owner) = (item.isCopy, item.owner)
      #expect(isCopy)
      #expect(owner == 0)
      try spool.syncItems()
      _ = try spool.place(claim, item.identity, into: .passed)
      #expect(fixture.read("passed/foreign") == "text")
      #expect(fixture.status("passed/foreign")?.owner == OtherUser.id)
      try spool.syncPlaces()
      #expect(try fixture.names("work") == [])
    }
  }
}

func text(_ path: FilePath) -> String { String(decoding: path, as: UTF8.self) }
