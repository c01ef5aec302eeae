import CSluiceSystem
import Glibc
import SluiceCore
import Synchronization
import Testing

@testable import SluiceSpool

@Suite struct OpeningTests {
  @Test("A file of ours is judged where it lies; forged attributes go, others stay")
  func ownFile() throws {
    let fixture = SpoolFixture()
    let spool = try fixture.open()
    let claim = try spool.claim(fixture, "x")
    let path = "work/" + text(ClaimPath.file(of: claim))
    let file = open(fixture.path + "/" + path, O_RDWR | O_CLOEXEC)
    for name in ["user.sluice.verdict", "user.note"] {
      #expect(sluice_attribute_set(file, name, "pass", 4) == 0)
    }
    let before = fixture.status(path)
    let item: OpenedItem
    close(file)
    item = try spool.ready(claim)
    let (isCopy, identity, size) = (item.isCopy, item.identity, item.size)
    #expect(!isCopy)
    #expect(identity == before?.identity)
    #expect(size == 10)
    #expect(sluice_attribute_get(item.descriptor, "user.sluice.verdict", nil, 0) == -1)
    #expect(sluice_attribute_get(item.descriptor, "user.note", nil, 0) == 4)
    #expect(fcntl(item.descriptor, F_GETFD) & FD_CLOEXEC != 0)
  }

  @Test("A file with a second link is copied: the other link changes nothing of what is placed")
  func hardLink() throws {
    let fixture = SpoolFixture()
    let spool = try fixture.open()
    let outside = fixture.directory.write("outside", "judged")
    let note = open(outside, O_RDWR | O_CLOEXEC)
    _ = sluice_attribute_set(note, "user.note", "kept", 4)
    _ = sluice_attribute_set(note, "user.sluice.verdict", "pass", 4)
    close(note)
    link(outside, fixture.incoming + "/x")
    let claim = try #require(try Intake(spool: spool).claims(1).first)
    let dropped = fixture.status("work/" + text(ClaimPath.file(of: claim)))
    let item = try spool.ready(claim)
    let (isCopy, identity, modified) = (item.isCopy, item.identity, item.modified)
    #expect(isCopy)
    #expect(sluice_attribute_get(item.descriptor, "user.note", nil, 0) == 4)
    #expect(sluice_attribute_get(item.descriptor, "user.sluice.verdict", nil, 0) == -1)
    fixture.directory.write("outside", "EVIL!!")
    try spool.syncItems()
    #expect(try spool.identity(of: claim) == identity)
    _ = try spool.place(claim, identity, into: .passed)
    #expect(fixture.read("passed/x") == "judged")
    #expect(fixture.status("passed/x")?.modified == modified)
    #expect(modified == dropped?.modified)
    try spool.syncPlaces()
    #expect(try fixture.names("work") == [])
  }

  @Test("A large hole stays a hole in a copy, and the copy is whole")
  func sparse() throws {
    let fixture = SpoolFixture()
    var calls = FileCalls.system
    calls.clone = { _, _ in -EOPNOTSUPP }
    let spool = try fixture.open(SpoolOptions(), calls)
    let outside = fixture.directory.write("outside", "start")
    let file = open(outside, O_RDWR | O_CLOEXEC)
    pwrite(file, "end", 3, 1 << 40)
    ftruncate(file, 1 << 41)
    close(file)
    link(outside, fixture.incoming + "/x")
    let claim = try #require(try Intake(spool: spool).claims(1).first)
    let item = try spool.ready(claim)
    let (isCopy, size) = (item.isCopy, item.size)
    #expect(isCopy)
    #expect(size == 1 << 41)
    var bytes: [UInt8] = [0, 0, 0, 0, 0]
    #expect(pread(item.descriptor, &bytes, 5, 0) == 5 && text(bytes) == "start")
    #expect(pread(item.descriptor, &bytes, 3, 1 << 40) == 3 && bytes.starts(with: "end".utf8))
    #expect(try spool.calls.status(of: item.descriptor, []).allocated < 1 << 20)
  }

  @Test("Each way of copying gives the same bytes")
  func waysOfCopying() throws {
    let ways: [(inout FileCalls) -> Void] = [
      { _ in },
      { $0.clone = { _, _ in -EOPNOTSUPP } },
      {
        $0.clone = { _, _ in -EOPNOTSUPP }
        $0.copyRange = { _, _, _, _ in -Int64(EXDEV) }
        let write = $0.write
        // Half of what was asked for, as a full pipe of the kernel would.
        $0.write = { write($0, .init(rebasing: $1[..<max(1, $1.count / 2)]), $2) }
      },
    ]
    for way in ways {
      let fixture = SpoolFixture()
      var calls = FileCalls.system
      let plain = try fixture.open(SpoolOptions(), calls)
      withExtendedLifetime(plain) {}
      way(&calls)
      let content = String(repeating: "0123456789abcdef", count: 3000)
      fixture.directory.write("outside", content)
      let other = SpoolFixture()
      // The short writes are for items; a layout is written whole or refused.
      try Spool.create(other.path, options: SpoolOptions())
      link(fixture.directory.path + "/outside", other.incoming + "/x")
      let spool = try other.open(SpoolOptions(), calls)
      let claim = try #require(try Intake(spool: spool).claims(1).first)
      let item = try spool.ready(claim)
      try spool.syncItems()
      _ = try spool.place(claim, item.identity, into: .passed)
      #expect(other.read("passed/x") == content)
    }
  }

  @Test(
    "A fault of the system is thrown, leaves nothing, and the item is as before",
    arguments: [
      ENOSPC, EDQUOT, EMFILE, EIO, ENOMEM,
    ])
  func systemFaults(code: Int32) throws {
    let fixture = SpoolFixture()
    let failing = Mutex(false)
    var calls = FileCalls.system
    calls.clone = { failing.withLock(\.self) ? -code : FileCalls.system.clone($0, $1) }
    calls.copyRange = { from, to, offset, count in
      failing.withLock(\.self)
        ? -Int64(code) : FileCalls.system.copyRange(from, to, offset, count)
    }
    calls.write = { file, bytes, offset in
      failing.withLock(\.self) ? -Int64(code) : FileCalls.system.write(file, bytes, offset)
    }
    let spool = try fixture.open(SpoolOptions(), calls)
    let outside = fixture.directory.write("outside", "text")
    link(outside, fixture.incoming + "/x")
    let claim = try #require(try Intake(spool: spool).claims(1).first)
    failing.withLock { $0 = true }
    let error = #expect(throws: SpoolError.self) { try spool.outcome(claim) }
    #expect(error?.isSystemFault == true)
    #expect(try fixture.names("work/\(claim.batch)").count == 1)
    failing.withLock { $0 = false }
    #expect(try spool.outcome(claim) == "ready")
  }

  @Test("After a failed sync nothing is placed, and what is judged again is a new copy")
  func failedSync() throws {
    let fixture = SpoolFixture()
    let failing = Mutex(false)
    var calls = FileCalls.system
    calls.syncAll = { failing.withLock(\.self) ? -EIO : FileCalls.system.syncAll($0) }
    let spool = try fixture.open(SpoolOptions(), calls)
    let own = try spool.claim(fixture, "own")
    let outside = fixture.directory.write("outside", "text")
    link(outside, fixture.incoming + "/linked")
    let linked = try #require(try Intake(spool: spool).claims(1).first)
    let first = try spool.ready(own)
    let copied = try spool.ready(linked)
    failing.withLock { $0 = true }
    #expect(throws: SpoolError.self) { try spool.syncItems() }
    failing.withLock { $0 = false }
    let identity = copied.identity
    let error = #expect(throws: SpoolError.self) {
      try spool.place(linked, identity, into: .passed)
    }
    #expect(error?.code == .changed)
    let again = try spool.ready(own)
    let (isCopy, before) = (again.isCopy, first.identity)
    #expect(isCopy)
    let another = try spool.ready(linked)
    try spool.syncItems()
    #expect(try spool.identity(of: own) != before)
    _ = try spool.place(own, again.identity, into: .passed)
    _ = try spool.place(linked, another.identity, into: .passed)
    #expect(try fixture.names("passed") == ["linked", "own"])
    // What comes later is judged where it lies.
    let later = try spool.ready(try spool.claim(fixture, "later"))
    let isCopied = later.isCopy
    #expect(!isCopied)
  }

  @Test("What turns out to be no file is not opened")
  func notRegular() throws {
    let fixture = SpoolFixture()
    let spool = try fixture.open()
    let claim = try spool.claim(fixture, "x")
    let path = fixture.path + "/work/" + text(ClaimPath.file(of: claim))
    unlink(path)
    #expect(try spool.outcome(claim) == "gone")
    mkfifo(path, 0o600)
    #expect(try spool.outcome(claim) == "notRegular fifo")
    unlink(path)
    symlink("/etc/passwd", path)
    #expect(try spool.outcome(claim) == "notRegular link")
    let placed = try spool.place(claim, nil, into: .held)
    #expect(fixture.status("held/" + text(placed.path))?.kind == .link)
  }

  @Test("A disk that fails for one file makes that file unreadable; no descriptors pauses the work")
  func whoseFault() throws {
    let fixture = SpoolFixture()
    let code = Mutex<Int32>(0)
    var calls = FileCalls.system
    calls.open = { folder, name in
      let code = code.withLock(\.self)
      return code == 0 ? FileCalls.system.open(folder, name) : -code
    }
    let spool = try fixture.open(SpoolOptions(), calls)
    let claim = try spool.claim(fixture, "x")
    for item in [EIO, EACCES, EPERM, ELOOP] {
      code.withLock { $0 = item }
      #expect(try spool.outcome(claim) == "unreadable")
    }
    for system in [EMFILE, ENFILE, ENOMEM] {
      code.withLock { $0 = system }
      #expect(throws: SpoolError.self) { try spool.outcome(claim) }
    }
    code.withLock { $0 = 0 }
    #expect(try spool.outcome(claim) == "ready")
  }
}
