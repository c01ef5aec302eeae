import Glibc
import SluiceCore
import SluiceLog
import SluiceSpool
import SluiceTestSupport
import Testing

@testable import SluiceActions

/// Every kind of break, built on purpose: the check names it, and so does the witness that shares no
/// code with it.
@Suite(.serialized) struct SpoolCheckTests {
  /// One way to break a spool, and what has to be said of it.
  struct Damage: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var kind: SpoolBreak.Kind
    /// The path that both have to name; nil where there is none.
    var path: @Sendable (BrokenSpool) throws -> String?
    var canMend = false
    var dropped = false
    var make: @Sendable (BrokenSpool) throws -> Void

    init(
      _ name: String, _ kind: SpoolBreak.Kind, at path: String?, canMend: Bool = false,
      dropped: Bool = false, _ make: @escaping @Sendable (BrokenSpool) throws -> Void
    ) {
      self.init(
        name, kind, found: { _ in path }, canMend: canMend, dropped: dropped, make)
    }

    init(
      _ name: String, _ kind: SpoolBreak.Kind,
      found path: @escaping @Sendable (BrokenSpool) throws -> String?, canMend: Bool = false,
      dropped: Bool = false, _ make: @escaping @Sendable (BrokenSpool) throws -> Void
    ) {
      testDescription = name
      self.kind = kind
      self.path = path
      self.canMend = canMend
      self.dropped = dropped
      self.make = make
    }
  }

  static let batch = "01ARZ3NDEKTSV4RRFFQ69G5FAV"
  static let claim = "000-01BX5ZZKBKACTAV9WEVGEMMVRZ"

  static let damages: [Damage] = [
    Damage("a stranger in passed/", .noRecord, at: "passed/stranger.txt") {
      $0.write("passed/stranger.txt", "never examined")
    },
    Damage("a stranger in annotated/", .noRecord, at: "annotated/deep/er/stranger") {
      $0.write("annotated/deep/er/stranger", "never examined")
    },
    Damage("a stranger in quarantine/", .noRecord, at: "quarantine/stranger") {
      $0.write("quarantine/stranger", "never examined")
    },
    Damage("a quarantined file let through by hand", .noRecord, at: "passed/offer.eml") {
      $0.move("quarantine/\(try $0.kept("a bad offer"))", "passed/offer.eml")
    },
    Damage("a copy of an item", .noRecord, at: "passed/copy.txt") {
      $0.write("passed/copy.txt", "all is well")
    },
    Damage("a file in two places", .twoPlaces, at: "quarantine/") {
      let id = try $0.kept("a bad offer")
      $0.write("held/\(id)", "a bad offer")
      $0.write("held/\(id).json", "{}")
    },
    Damage("other bytes", .otherContent, at: "passed/clean.txt") {
      $0.write("passed/clean.txt", "all was well")
    },
    Damage("other bytes in quarantine", .otherContent, at: "quarantine/") {
      $0.write("quarantine/\(try $0.kept("a bad offer"))", "another offer")
    },
    Damage("a kept file moved to the other folder", .otherPlace, at: "quarantine/") {
      let id = try $0.kept("odd bytes")
      $0.move("held/\(id)", "quarantine/\(id)")
      $0.move("held/\(id).json", "quarantine/\(id).json")
    },
    Damage("a kept file without its sidecar", .noSidecar, at: "quarantine/", canMend: true) {
      $0.remove("quarantine/\(try $0.kept("a bad offer")).json")
    },
    Damage("a sidecar without its file", .sidecarAlone, at: "held/\(batch).json", canMend: true) {
      $0.write("held/\(batch).json", "{}")
    },
    Damage("a sidecar of another item", .damagedSidecar, at: "quarantine/") {
      $0.write("quarantine/\(try $0.kept("a bad offer")).json", "{\"item\":\"x\"}")
    },
    Damage(
      "an annotated file without its annotation", .noAnnotation, at: "annotated/list.txt",
      canMend: true
    ) { $0.remove("annotated/list.txt.sluice.json") },
    Damage(
      "an annotation of an item that passed", .sidecarAlone,
      at: "annotated/old.txt.sluice.json", canMend: true
    ) {
      let id = try $0.kept("odd bytes")
      $0.write(
        "annotated/old.txt.sluice.json", "{\"schema\":\"sluice.sidecar/1\",\"item\":\"\(id)\"}")
    },
    Damage("an annotation that says nothing", .damagedSidecar, at: "annotated/x.sluice.json") {
      $0.write("annotated/x.sluice.json", "nothing")
    },
    Damage("a temporary file in held/", .temporary, at: "held/.\(batch).json.tmp", canMend: true) {
      $0.write("held/.\(batch).json.tmp", "{")
    },
    Damage("a temporary file in state/", .temporary, at: "state/.settled.tmp", canMend: true) {
      $0.write("state/.settled.tmp", "{")
    },
    Damage("a batch without a claim", .emptyFolder, at: "work/\(batch)", canMend: true) {
      mkdir($0.spool + "/work/\(batch)", 0o700)
    },
    Damage(
      "a claim's folders without its file", .emptyFolder, at: "work/\(batch)/\(claim)/mail",
      canMend: true
    ) {
      $0.write("work/\(batch)/\(claim)/mail/x", "")
      $0.remove("work/\(batch)/\(claim)/mail/x")
    },
    Damage("a copy of a claimed file", .spareCopy, at: "work/\(batch)/\(claim).copy", canMend: true)
    {
      $0.write("work/\(batch)/\(claim)=x.txt", "x")
      $0.write("work/\(batch)/\(claim).copy", "x")
    },
    Damage("something else in work/", .stray, at: "work/notes.txt") {
      $0.write("work/notes.txt", "mine")
    },
    Damage("a copy whose item is gone", .stray, at: "work/\(batch)/\(claim).copy") {
      $0.write("work/\(batch)/\(claim).copy", "x")
    },
    Damage("a byte of the log changed", .log, at: nil) {
      $0.changeLog { $0[$0.count / 2] ^= 1 }
    },
    Damage("a line of the log removed", .log, at: nil) {
      $0.changeLog { bytes in
        let lines = bytes.split(separator: 10)
        bytes = Array((lines[..<2] + lines[3...]).joined(separator: [10])) + [10]
      }
    },
    Damage("a torn line at the end of the log", .log, at: nil, canMend: true) {
      $0.changeLog { $0 += Array("{\"seq\":999,".utf8) }
    },
    Damage("a dropped file that is gone", .lost, at: nil, dropped: true) {
      $0.remove("passed/clean.txt")
    },
    Damage("a dropped file that is there twice", .twoPlaces, at: "passed/clean.txt", dropped: true)
    {
      $0.write("incoming/clean.txt", "all is well")
    },
    Damage("a file that nobody dropped", .stranger, at: "incoming/new.txt", dropped: true) {
      $0.write("incoming/new.txt", "new")
    },
  ]

  @Test("A sound spool has no break, for either checker, also with the list of what was dropped")
  func sound() throws {
    let spool = try BrokenSpool()
    try spool.leave()
    let report = try spool.check(dropped: true)
    #expect(report.breaks.isEmpty, "\(report.lines)")
    #expect(report.inFlight.isEmpty && report.notes.isEmpty && !report.isLive)
    #expect([report.items, report.files, report.underWay, report.dropped] == [5, 5, 0, 5])
    let witness = try spool.witness(dropped: true)
    #expect(witness.lines.isEmpty && witness.status == 0, "\(witness)")
  }

  @Test("Each kind of break is named by both checkers", arguments: damages)
  func named(_ damage: Damage) throws {
    let spool = try BrokenSpool()
    let kept = try damage.path(spool)
    try damage.make(spool)
    try spool.leave()
    let report = try spool.check(dropped: damage.dropped)
    let found = report.breaks.filter { $0.kind == damage.kind }
    #expect(!found.isEmpty, "\(report.lines)")
    #expect(found.allSatisfy { $0.canMend == damage.canMend }, "\(found)")
    let witness = try spool.witness(dropped: damage.dropped)
    #expect(witness.status == 1 && !witness.lines.isEmpty, "\(witness)")
    guard let kept else { return }
    #expect(
      found.contains { $0.path.map { Array($0).starts(with: kept.utf8) } == true }, "\(found)")
    #expect(witness.lines.contains { $0.contains(kept) }, "\(kept): \(witness.lines)")
  }

  @Test("Every kind of break is built by some test")
  func complete() {
    // A record without its act, a folder that is gone and an item that was decided twice have tests
    // of their own.
    let others: Set<SpoolBreak.Kind> = [.unfinished, .missingFolder, .decidedTwice]
    #expect(Set(Self.damages.map(\.kind)).union(others) == Set(SpoolBreak.Kind.allCases))
  }

  @Test("A directory that is gone is named, and one that is no spool is none")
  func folders() throws {
    let spool = try BrokenSpool()
    try spool.leave()
    TemporaryDirectory.remove(spool.spool + "/incoming")
    #expect(try spool.check().breaks.map(\.kind) == [.missingFolder])
    let error = #expect(throws: ActionError.self) {
      try SpoolCheck.run(
        spool.site.temporary.path + "/log", .init(logDirectory: spool.site.logPath))
    }
    #expect(error?.message.contains("is no spool") == true)
  }

  @Test("An item that two records let through is named by both checkers")
  func decidedTwice() throws {
    let spool = try BrokenSpool()
    let first = try #require(spool.site.records().first { $0.event == .itemPassed })
    let members = first.json.members.filter { !["seq", "time", "event", "prev"].contains($0.key) }
    try spool.site.journal.log.append([LogRecord(.itemPassed, members)])
    try spool.site.journal.log.commit()
    try spool.leave()
    let report = try spool.check()
    #expect(report.breaks.map(\.kind) == [.decidedTwice], "\(report.lines)")
    #expect(report.breaks.first?.item == first.item)
    let witness = try spool.witness()
    #expect(witness.lines.contains { $0.contains(first.item!.description) }, "\(witness)")
  }

  @Test("While the spool is owned, what may be a step of its owner is told apart")
  func live() throws {
    let spool = try BrokenSpool()
    spool.write("held/.\(Self.batch).json.tmp", "{")
    spool.write("passed/stranger.txt", "never examined")
    let report = try spool.check()
    #expect(report.isLive && report.owner == getpid())
    #expect(report.inFlight.map(\.kind) == [.temporary])
    #expect(report.breaks.map(\.kind) == [.noRecord])
    #expect(report.lines.contains { $0.contains("may be in flight") })
    #expect(report.lines.contains { $0.hasPrefix("MAYBE   held/.\(Self.batch)") })
  }

  @Test("Files older than what retention left of the log are a note, not a break")
  func retention() throws {
    let spool = try BrokenSpool()
    try spool.site.journal.log.rotate()
    // Its clock is ahead of the files, which are then older than every line that stays.
    spool.site.seen.time.withLock { $0 = 4_000_000_000_000_000 }
    try spool.site.journal.log.append([LogRecord(.stopped, [])])
    try spool.site.journal.log.commit()
    try spool.site.journal.log.removeRotated(
      before: Timestamp(microseconds: 3_000_000_000_000_000), neededFrom: Int.max)
    try spool.leave()
    let report = try spool.check()
    #expect(report.breaks.isEmpty, "\(report.lines)")
    #expect(report.notes.count == 5, "\(report.notes)")
  }

  @Test("Names of any bytes are shown escaped, and whole for programs")
  func names() throws {
    let spool = try BrokenSpool()
    try spool.leave()
    let path = Array((spool.spool + "/passed/").utf8) + [0xFF, 0x1B]
    let descriptor = path.withUnsafeBufferPointer { bytes in
      (Array(bytes) + [0]).withUnsafeBytes {
        open($0.baseAddress!.assumingMemoryBound(to: CChar.self), O_CREAT | O_WRONLY, 0o600)
      }
    }
    close(descriptor)
    let report = try spool.check()
    #expect(report.lines.contains { $0.contains("passed/\\xff\\u{1b}") }, "\(report.lines)")
    #expect(report.json["breaks"]?.elements.first?["path_b64"]?.text != nil)
  }
}
