import CSluiceSystem
import Glibc
import SluiceCore
import SluiceTestSupport
import Synchronization
import Testing

@testable import SluiceSpool

@Suite struct LayoutTests {
  @Test("A new spool has its directories, with their modes, and a format version")
  func layout() throws {
    let fixture = SpoolFixture()
    let spool = try fixture.open()
    let modes: [(String, UInt32)] = [
      ("", 0o711), ("incoming", 0o1730), ("work", 0o700), ("passed", 0o750),
      ("annotated", 0o750), ("quarantine", 0o700), ("held", 0o700),
    ]
    for (name, mode) in modes {
      #expect(fixture.status(name)?.permissions == mode, "\(name)")
      if !name.isEmpty { #expect(try fixture.names(name) == []) }
    }
    #expect(fixture.read("format") == "sluice-spool 1\n")
    #expect(fixture.read("lock") == "\(getpid())\n")
    withExtendedLifetime(spool) {}
  }

  @Test("A spool that is itself a link is refused, also with a slash at its end")
  func link() throws {
    let fixture = SpoolFixture()
    try Spool.create(fixture.path, options: SpoolOptions())
    symlink(fixture.path, fixture.directory.path + "/link")
    for name in ["/link", "/link/", "/link//"] {
      let error = #expect(throws: SpoolError.self) {
        try Spool.open(
          fixture.directory.path + name, options: SpoolOptions(), clock: .system)
      }
      #expect(error?.code == .isLink)
    }
    fixture.directory.write("file", "x")
    let error = #expect(throws: SpoolError.self) {
      try Spool.open(fixture.directory.path + "/file", options: SpoolOptions(), clock: .system)
    }
    #expect(error?.code == .notDirectory)
  }

  @Test("A directory of the spool that is a link is refused")
  func linkedPart() throws {
    let fixture = SpoolFixture()
    try Spool.create(fixture.path, options: SpoolOptions())
    rmdir(fixture.path + "/passed")
    symlink("/tmp", fixture.path + "/passed")
    let error = #expect(throws: SpoolError.self) { try fixture.open() }
    #expect(error?.code == .notDirectory)
  }

  @Test("A layout of a newer version is refused, a damaged version file too")
  func format() throws {
    let fixture = SpoolFixture()
    try Spool.create(fixture.path, options: SpoolOptions())
    fixture.directory.write("spool/format", "sluice-spool 2\n")
    #expect(#expect(throws: SpoolError.self) { try fixture.open() }?.code == .newerFormat)
    for text in ["", "sluice-spool \n", "sluice-spool 1", "something else\n"] {
      fixture.directory.write("spool/format", text)
      #expect(#expect(throws: SpoolError.self) { try fixture.open() }?.code == .damagedFormat)
    }
    fixture.directory.write("spool/format", "sluice-spool 1\n")
    _ = try fixture.open()
  }

  @Test("State directories on several file systems are refused")
  func severalFileSystems() throws {
    let fixture = SpoolFixture()
    var calls = FileCalls.system
    let held = Mutex<Int32>(-1)
    calls.openFolder = { directory, name in
      let opened = FileCalls.system.openFolder(directory, name)
      if name == FilePath("held".utf8) { held.withLock { $0 = opened } }
      return opened
    }
    calls.move = { from, name, to, target in
      to == held.withLock(\.self) ? -EXDEV : FileCalls.system.move(from, name, to, target)
    }
    let error = #expect(throws: SpoolError.self) { try fixture.open(SpoolOptions(), calls) }
    #expect(error?.code == .notOneFileSystem)
    #expect(error?.message.contains("held") == true)
    _ = try fixture.open()
    for name in ["incoming", "work", "quarantine"] { #expect(try fixture.names(name) == []) }
  }

  @Test(
    "Network file systems are refused by name", arguments: [(0x6969, "NFS"), (0xFF53_4D42, "SMB")])
  func network(magic: Int64, name: String) {
    let fixture = SpoolFixture()
    var calls = FileCalls.system
    calls.fileSystem = { descriptor in
      var facts = FileSystemFacts(of: descriptor)
      facts.magic = magic
      return facts
    }
    let error = #expect(throws: SpoolError.self) { try fixture.open(SpoolOptions(), calls) }
    #expect(error?.code == .unsuitable)
    #expect(error?.message.contains(name) == true)
  }

  @Test("A second owner in this process is refused, and nothing is lost by closing its descriptor")
  func secondOwner() throws {
    let fixture = SpoolFixture()
    var spool: Spool? = try fixture.open()
    for _ in 0..<2 {
      let error = #expect(throws: SpoolError.self) { try fixture.open() }
      #expect(error?.code == .owned)
      #expect(error?.owner == getpid())
      #expect(try Spool.owner(of: fixture.path) == getpid())
    }
    withExtendedLifetime(spool) {}
    spool = nil
    #expect(try Spool.owner(of: fixture.path) == nil)
    _ = try fixture.open()
  }

  @Test("Another process that owns the spool is named by its pid")
  func otherProcess() throws {
    let fixture = SpoolFixture()
    try Spool.create(fixture.path, options: SpoolOptions())
    // F_OFD_SETLK is 37; struct flock is type, whence, start, length, pid.
    let script = """
      open(my $f, '+<', $ARGV[0]) or die; my $l = pack('s s x4 q q l x4', 1, 0, 0, 0, 0);
      fcntl($f, 37, $l) or die "lock: $!"; truncate($f, 0); syswrite($f, "$$\\n");
      syswrite(STDOUT, "x"); sysread(STDIN, my $end, 1);
      """
    let child = try Child(["/usr/bin/perl", "-e", script, fixture.path + "/lock"])
    try #require(child.waitForOutput())
    #expect(try Spool.owner(of: fixture.path) == child.pid)
    let error = #expect(throws: SpoolError.self) { try fixture.open() }
    #expect(error?.owner == child.pid)
    #expect(error?.message.contains("process \(child.pid)") == true)
    child.end()
    #expect(try Spool.owner(of: fixture.path) == nil)
    _ = try fixture.open()
  }

  @Test("A state directory of another user is refused, one that is open to others is closed")
  func modes() throws {
    let fixture = SpoolFixture()
    try Spool.create(fixture.path, options: SpoolOptions())
    chmod(fixture.path + "/quarantine", 0o755)
    _ = try fixture.open()
    #expect(fixture.status("quarantine")?.permissions == 0o700)
    chmod(fixture.directory.path, 0o755)
    chmod(fixture.path, 0o777)
    try OtherUser.run {
      unlink(fixture.path + "/lock")
      let error = #expect(throws: SpoolError.self) { try fixture.open() }
      #expect([.notOurs, .refused].contains(error?.code))
    }
  }

  @Test("A survey goes around what is closed to its user, and changes nothing")
  func survey() throws {
    let fixture = SpoolFixture()
    try Spool.create(fixture.path, options: SpoolOptions())
    fixture.directory.write("spool/incoming/open/x", "x")
    fixture.directory.write("spool/incoming/closed/y", "y")
    fixture.directory.write("spool/incoming/z", "z")
    chmod(fixture.incoming + "/closed", 0o700)
    chmod(fixture.incoming + "/z", 0o600)
    for folder in ["", "/incoming", "/work", "/quarantine", "/held", "/passed", "/annotated"] {
      chmod(fixture.path + folder, 0o755)
    }
    chmod(fixture.directory.path, 0o755)
    try OtherUser.run {
      let survey = try SpoolSurvey(fixture.path)
      let (things, closed) = try survey.things(in: .incoming)
      #expect(Set(things.map(\.path)) == [FilePath("open/x".utf8), FilePath("z".utf8)])
      #expect(closed == [FilePath("closed".utf8)])
      let z = try #require(things.first { $0.path == FilePath("z".utf8) })
      let error = #expect(throws: SpoolError.self) { try survey.open(z) }
      #expect(error?.errno == EACCES)
    }
    #expect(try Spool.owner(of: fixture.path) == nil)
  }
}
