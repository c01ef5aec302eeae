import Glibc
import SluiceCore
import Testing

@testable import SluiceSpool

@Suite struct PlacingTests {
  private func placed(
    _ spool: Spool, _ fixture: SpoolFixture, _ name: String, _ text: String,
    _ destination: Destination
  ) throws -> PlacedName {
    let claim = try spool.claim(fixture, name, text)
    let item = try spool.ready(claim)
    try spool.syncItems()
    let placed = try spool.place(claim, item.identity, into: destination)
    try spool.syncPlaces()
    return placed
  }

  @Test("A passed file keeps its name, folders and content, and leaves nothing in work/")
  func passes() throws {
    let fixture = SpoolFixture()
    let spool = try fixture.open()
    let name = try placed(spool, fixture, "mail/a/offer.eml", "text", .passed)
    #expect(text(name.path) == "mail/a/offer.eml" && !name.clashed)
    #expect(fixture.read("passed/mail/a/offer.eml") == "text")
    #expect(fixture.status("passed/mail")?.permissions == 0o750)
    #expect(try fixture.names("work") == [])
  }

  @Test("A name that is taken is numbered, and nothing is overwritten")
  func clashes() throws {
    let fixture = SpoolFixture()
    let spool = try fixture.open()
    var names: [String] = []
    for number in 1...3 {
      names.append(text(try placed(spool, fixture, "a.tar.gz", "\(number)", .passed).path))
    }
    #expect(names == ["a.tar.gz", "a.tar.1.gz", "a.tar.2.gz"])
    #expect(names.map { fixture.read("passed/" + $0) } == ["1", "2", "3"])
  }

  @Test("Where a number does not fit into 255 bytes, the item id stands in")
  func longNames() throws {
    let fixture = SpoolFixture()
    let spool = try fixture.open()
    let long = String(repeating: "n", count: 255)
    #expect(text(try placed(spool, fixture, long, "1", .passed).path) == long)
    let second = try placed(spool, fixture, long, "2", .passed)
    #expect(ItemID(text(second.path)) != nil)
    #expect(fixture.read("passed/" + text(second.path)) == "2")
  }

  @Test("A dropped name that reads as a sidecar is placed under its id")
  func forgedSidecar() throws {
    let fixture = SpoolFixture()
    let spool = try fixture.open()
    for name in ["mail/offer.eml.sluice.json", "OFFER.SLUICE.JSON"] {
      let claim = try spool.claim(fixture, name)
      let place = try spool.place(claim, nil, into: .annotated)
      #expect(text(FileNames.split(place.path).name) == claim.id.description)
      #expect(!place.clashed)
    }
  }

  @Test("Kept files have their id for a name and mode 0600; what leaves has no set-id bits")
  func modes() throws {
    let fixture = SpoolFixture()
    let spool = try fixture.open()
    let kept = try spool.claim(fixture, "x")
    chmod(fixture.path + "/work/" + text(ClaimPath.file(of: kept)), 0o4777)
    let place = try spool.place(kept, nil, into: .quarantine)
    #expect(text(place.path) == kept.id.description)
    #expect(fixture.status("quarantine/\(kept.id)")?.permissions == 0o600)
    let passed = try spool.claim(fixture, "y")
    chmod(fixture.path + "/work/" + text(ClaimPath.file(of: passed)), 0o6754)
    _ = try spool.place(passed, nil, into: .passed)
    #expect(fixture.status("passed/y")?.permissions == 0o754)
  }

  @Test("The configured mode is what leaves with")
  func outputMode() throws {
    let fixture = SpoolFixture()
    let spool = try fixture.open(SpoolOptions(outputMode: 0o640))
    _ = try placed(spool, fixture, "x", "text", .annotated)
    #expect(fixture.status("annotated/x")?.permissions == 0o640)
  }

  @Test("A link or file in the way of a folder is not followed or replaced")
  func linkInTheWay() throws {
    let fixture = SpoolFixture()
    let spool = try fixture.open()
    mkdir(fixture.directory.path + "/elsewhere", 0o777)
    symlink(fixture.directory.path + "/elsewhere", fixture.path + "/passed/mail")
    let first = try placed(spool, fixture, "mail/offer.eml", "text", .passed)
    #expect(first.clashed && !first.path.contains(FileNames.slash))
    #expect(rmdir(fixture.directory.path + "/elsewhere") == 0)
    symlink("nowhere", fixture.path + "/passed/name")
    let second = try placed(spool, fixture, "name", "text", .passed)
    #expect(text(second.path) == "name.1")
    #expect(fixture.status("passed/name")?.kind == .link)
  }

  @Test("Another file than the judged one is refused, a missing one named")
  func refusals() throws {
    let fixture = SpoolFixture()
    let spool = try fixture.open()
    let claim = try spool.claim(fixture, "x")
    let other = FileIdentity(device: 1, inode: 1)
    #expect(
      #expect(throws: SpoolError.self) { try spool.place(claim, other, into: .passed) }?.code
        == .changed)
    for path in ["../x", "/x", "a//b", "", "a/../../x"] {
      let error = #expect(throws: SpoolError.self) {
        try spool.place(claim, nil, into: .passed, at: FilePath(path.utf8))
      }
      #expect(error?.code == .refused)
    }
    _ = try spool.place(claim, nil, into: .passed)
    #expect(
      #expect(throws: SpoolError.self) { try spool.place(claim, nil, into: .passed) }?.code == .gone
    )
    #expect(try spool.identity(of: claim) == nil)
  }

  @Test("A file is published whole, with its mode, and never over another")
  func publishing() throws {
    let fixture = SpoolFixture()
    let spool = try fixture.open()
    let path = FilePath("mail/x.sluice.json".utf8)
    try spool.publish(FilePath("{}\n".utf8), into: .annotated, at: path, mode: 0o640)
    #expect(fixture.read("annotated/mail/x.sluice.json") == "{}\n")
    #expect(fixture.status("annotated/mail/x.sluice.json")?.permissions == 0o640)
    let error = #expect(throws: SpoolError.self) {
      try spool.publish([1], into: .annotated, at: path, mode: 0o640)
    }
    #expect(error?.code == .exists)
    #expect(fixture.read("annotated/mail/x.sluice.json") == "{}\n")
  }

  @Test("A kept file is moved as it is, and what is kept is counted")
  func moving() throws {
    let fixture = SpoolFixture()
    let spool = try fixture.open()
    let name = try placed(spool, fixture, "x", "12345", .quarantine).path
    #expect(spool.keptBytes == 5)
    try spool.move(name, from: .quarantine, into: .held, at: name)
    #expect(spool.keptBytes == 5)
    try spool.move(name, from: .held, into: .passed, at: FilePath("mail/x".utf8))
    #expect(spool.keptBytes == 0)
    #expect(fixture.status("passed/mail/x")?.permissions == 0o600)
    let error = #expect(throws: SpoolError.self) {
      try spool.move(name, from: .held, into: .passed, at: name)
    }
    #expect(error?.code == .gone)
  }
}
