import Glibc
import SluiceCore
import Testing

@testable import SluiceSpool

@Suite struct ClaimTests {
  static let hostileNames: [FilePath] = [
    FilePath("plain.txt".utf8), FilePath("-rf".utf8), FilePath("two\nlines".utf8),
    FilePath("\u{1B}[31m\u{202E}.txt".utf8), [0xFF, 0xFE, 0x80], FilePath("e\u{301}".utf8),
    FilePath(repeating: UInt8(ascii: "n"), count: 255), FilePath(" ".utf8), FilePath("~".utf8),
    FilePath("mail/offer.eml".utf8), FilePath("mail/a/b/c.txt".utf8), FilePath("default/x".utf8),
    FilePath("default/a/x".utf8), [0xFF] + FilePath("/x".utf8),
    FilePath("default/".utf8) + [0xFF] + FilePath("/x".utf8),
    FilePath(repeating: UInt8(ascii: "f"), count: 255) + FilePath("/".utf8)
      + FilePath(repeating: UInt8(ascii: "g"), count: 255),
  ]

  @Test("A claim can be read off the disk alone, whatever its name", arguments: hostileNames)
  func recovery(name: FilePath) throws {
    let fixture = SpoolFixture()
    var claims: [Claim] = []
    do {
      let spool = try fixture.open()
      try fixture.drop(name, "content")
      claims = try Intake(spool: spool).claims(1)
      #expect(claims.count == 1)
    }
    let spool = try fixture.open()
    #expect(try spool.allUnfinished() == claims)
    #expect(spool.strays == [])
    let item = try spool.ready(try #require(claims.first))
    var bytes = [UInt8](repeating: 0, count: 16)
    #expect(pread(item.descriptor, &bytes, 16, 0) == 7)
    #expect(bytes.starts(with: "content".utf8))
  }

  @Test("Source and name of a claim are found again from its path", arguments: hostileNames)
  func roundTrip(path: FilePath) {
    let (source, name) = ClaimPath.sourceAndName(path)
    #expect(ClaimPath.sourceAndName(ClaimPath.path(source: source, name: name)) == (source, name))
  }

  @Test("The first folder is the source; what lies at the top comes from the default one")
  func sources() {
    #expect(ClaimPath.sourceAndName(FilePath("a.txt".utf8)) == ("default", FilePath("a.txt".utf8)))
    #expect(ClaimPath.sourceAndName(FilePath("mail/x/a".utf8)) == ("mail", FilePath("x/a".utf8)))
  }

  @Test("Names that are still being written by convention are left alone")
  func unfinishedNames() throws {
    let fixture = SpoolFixture()
    let spool = try fixture.open()
    for name in [".hidden", "a.tmp", "b.part", "B.PART", "up.part/inner", ".dir/inner"] {
      try fixture.drop(name)
    }
    try fixture.drop("tmp")
    let claims = try Intake(spool: spool).claims(1)
    #expect(claims.map(\.name) == [FilePath("tmp".utf8)])
    #expect(try Intake(spool: spool).now() == [])
    #expect(fixture.status("incoming/.hidden") != nil)
    #expect(fixture.status("incoming/up.part/inner") != nil)
  }

  @Test("A file that was renamed from an unfinished name is claimed at once")
  func renamed() throws {
    let fixture = SpoolFixture()
    let intake = try Intake(spool: fixture.open())
    try fixture.drop(".x.tmp")
    #expect(try intake.now() == [])
    rename(fixture.incoming + "/.x.tmp", fixture.incoming + "/x")
    #expect(try intake.next(timeoutNanoseconds: patience).map(\.name) == [FilePath("x".utf8)])
  }

  @Test("A batch holds at most 256 claims, and goes when they are placed")
  func batches() throws {
    let fixture = SpoolFixture()
    let spool = try fixture.open()
    for number in 0..<300 { try fixture.drop("file \(number)", "\(number)") }
    let claims = try Intake(spool: spool).claims(300)
    #expect(claims.count == 300)
    #expect(Set(claims.map(\.id)).count == 300)
    let sizes = Dictionary(grouping: claims, by: \.batch).values.map(\.count).sorted()
    #expect(sizes == [44, 256])
    #expect(Set(try spool.allUnfinished()) == Set(claims))
    for claim in claims { _ = try spool.place(claim, nil, into: .passed) }
    try spool.syncPlaces()
    #expect(try fixture.names("work") == [])
    #expect(try fixture.names("passed").count == 300)
  }

  @Test("Links, FIFOs, sockets and devices stay, and are reported once")
  func notRegular() throws {
    let fixture = SpoolFixture()
    let spool = try fixture.open()
    let intake = try Intake(spool: spool)
    symlink("/etc/shadow", fixture.incoming + "/shadow")
    symlink("nowhere", fixture.incoming + "/dangling")
    symlink(".", fixture.incoming + "/loop")
    mkfifo(fixture.incoming + "/fifo", 0o666)
    var expected = ["dangling", "fifo", "loop", "shadow"]
    if mknod(fixture.incoming + "/null", S_IFCHR | 0o666, 0x103) == 0 {
      expected.insert("null", at: 3)
    }
    #expect(try intake.now() == [])
    intake.rescan()
    fixture.advance(seconds: 60)
    #expect(try intake.now() == [])
    let fresh = intake.takeUnclaimable()
    #expect(fresh.map { String(decoding: $0.path, as: UTF8.self) }.sorted() == expected)
    #expect(fresh.allSatisfy { $0.reason == .notRegular })
    #expect(intake.status.unclaimableCount == expected.count)
    #expect(intake.takeUnclaimable() == [])
    for name in expected { unlink(fixture.incoming + "/" + name) }
    fixture.advance(seconds: 60)
    #expect(try intake.now() == [])
    #expect(intake.status.unclaimableCount == 0)
    #expect(intake.status.unclaimable == [])
  }

  @Test("What an interrupted claim or copy left is cleared; a stranger's file is kept and named")
  func tidying() throws {
    let fixture = SpoolFixture()
    var claim: Claim?
    do { claim = try fixture.open().claim(fixture, "mail/a/b") }
    let kept = try #require(claim)
    let folder = String(decoding: ClaimPath.folder(of: kept), as: UTF8.self)
    fixture.directory.write("spool/work/\(folder).copy", "half a co")
    let other = ItemID(milliseconds: 1, random: (0, 1)).description
    mkdir(fixture.path + "/work/\(kept.batch)/007-\(other)", 0o700)
    mkdir(fixture.path + "/work/\(kept.batch)/007-\(other)/nested", 0o700)
    mkdir(fixture.path + "/work/\(other)", 0o700)
    fixture.directory.write("spool/work/stray", "left by somebody")
    let spool = try fixture.open()
    #expect(spool.strays == [FilePath("stray".utf8)])
    #expect(try fixture.names("work") == [kept.batch, "stray"])
    #expect(try fixture.names("work/\(kept.batch)").count == 1)
    #expect(try spool.allUnfinished() == [kept])
  }

  @Test("A folder that was swapped in at the moment of the claim is one thing, and no file")
  func swappedFolder() throws {
    let fixture = SpoolFixture()
    let spool = try fixture.open()
    let claim = try spool.claim(fixture, "x")
    let path = fixture.path + "/work/" + String(decoding: ClaimPath.file(of: claim), as: UTF8.self)
    unlink(path)
    mkdir(path, 0o755)
    fixture.directory.write("spool/work/\(claim.batch)/tmp", "")
    for name in ["one", "two"] { symlink("y", path + "/" + name) }
    #expect(try spool.allUnfinished() == [claim])
    #expect(try spool.outcome(claim) == "notRegular folder")
    let placed = try spool.place(claim, nil, into: .held)
    #expect(placed.path == FilePath(claim.id.description.utf8))
  }
}
