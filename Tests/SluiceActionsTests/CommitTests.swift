import Glibc
import SluiceCore
import SluiceLog
import SluiceSpool
import Testing

@testable import SluiceActions

@Suite struct CommitTests {
  static let files = [
    ("clean.txt", "all is well"), ("mail/offer.eml", "a bad offer"), ("list.txt", "take note"),
    ("odd.bin", "odd bytes"), ("taken.txt", "a second one of that name"),
  ]

  static func filled() throws -> Site {
    let site = try Site()
    // Somebody else's files lie where items are to go.
    site.temporary.write("spool/passed/taken.txt", "a stranger")
    site.temporary.write("spool/annotated/list.txt", "another stranger")
    for (name, text) in files { site.drop(name, text) }
    return site
  }

  static let all = files.map(\.1) + ["a stranger", "another stranger"]

  /// Strangers have no records: they are taken away before the audit.
  static func audit(_ site: Site, comment: Comment = "") throws {
    #expect(site.contents("passed/taken.txt") == "a stranger", comment)
    #expect(site.contents("annotated/list.txt") == "another stranger", comment)
    let stranger = (site.spoolPath + "/passed/taken.txt", site.spoolPath + "/annotated/list.txt")
    unlink(stranger.0)
    unlink(stranger.1)
    try Audit(site).checkDone(files.map(\.1), comment: comment)
  }

  @Test("Each verdict leads to its place, never over another file, with what tells of it beside it")
  func places() throws {
    let site = try Self.filled()
    try site.runOnce()
    #expect(site.contents("passed/clean.txt") == "all is well")
    #expect(site.contents("passed/taken.1.txt") == "a second one of that name")
    #expect(site.contents("annotated/list.1.txt") == "take note")
    let sidecar = try JSON(parsing: Array(site.contents("annotated/list.1.txt.sluice.json")!.utf8))
    #expect(sidecar["verdict"]?.text == "annotate")
    #expect(sidecar["harms"] == .array([.string("toy")]))
    #expect(sidecar["findings"] == nil)
    let kept = try Quarantine(journal: site.journal).list().items
    #expect(kept.map(\.source).sorted() == ["default", "mail"])
    #expect(kept.first { $0.source == "mail" }?.name == Array("offer.eml".utf8))
    #expect(kept.first { $0.source == "mail" }?.rules == ["toy.bad"])
    try Self.audit(site)
  }

  @Test("A stop before any step of a commit loses nothing, and the next start finishes it")
  func stopsAnywhere() throws {
    var stopAt = 0
    while true {
      let site = try Self.filled()
      site.steps.begin(stopAt: stopAt)
      do {
        try site.runOnce()
        break
      } catch let error as ActionError {
        #expect(error.code == .stopped)
      }
      site.steps.begin()
      try site.crash()
      try site.runOnce()
      try Self.audit(site, comment: "stopped before step \(stopAt)")
      stopAt += 1
    }
    #expect(stopAt > 15)
  }

  @Test("A stop in a commit, then one in the recovery, lose nothing")
  func stopsTwice() throws {
    for first in [2, 4, 6, 8, 10, 12, 14, 16, 18] {
      var second = 0
      while true {
        let site = try Self.filled()
        site.steps.begin(stopAt: first)
        #expect(throws: ActionError.self) { try site.runOnce() }
        try site.crash()
        site.steps.begin(stopAt: second)
        var isDone = true
        do { try site.runOnce() } catch is ActionError { isDone = false }
        if !isDone {
          site.steps.begin()
          try site.crash()
          try site.runOnce()
        }
        try Self.audit(site, comment: "stopped before steps \(first) and \(second)")
        if isDone { break }
        second += first == 8 ? 1 : 5
      }
    }
  }

  @Test("A fault of the system at any step pauses the commit, which goes on when it has passed")
  func faults() throws {
    let steps: [Step] = [
      .append, .commitLog, .keptSidecar, .syncSidecars, .annotationSidecar, .mark, .place,
      .syncPlaces, .saveMark,
    ]
    for step in steps {
      let site = try Self.filled()
      try site.recover()
      site.steps.begin(fault: (step, ActionError(.system, "no room", errno: ENOSPC)))
      let intake = try Intake(spool: site.journal.spool)
      try site.commit(try intake.next(timeoutNanoseconds: 0))
      try site.committer.saveMark()
      #expect(site.seen.faults.withLock { $0 } == ["no room"], "\(step)")
      try Self.audit(site, comment: "\(step)")
    }
  }

  @Test("After a failed sync of the items nothing is recorded, and they are given back")
  func failedSync() throws {
    let site = try Self.filled()
    try site.recover()
    let intake = try Intake(spool: site.journal.spool)
    let claims = try intake.next(timeoutNanoseconds: 0)
    site.steps.begin(
      fault: (.syncItems, ActionError(.system, "EIO", errno: EIO, failedSync: true)))
    let before = try site.records().count
    try site.commit(claims)
    #expect(try site.records().count == before)
    #expect(site.seen.returned.withLock { Set($0) } == Set(claims))
    try site.commit(claims)
    try Self.audit(site)
  }

  @Test("An item that was swapped after it was judged is given back, and one that is gone recorded")
  func swapped() throws {
    let site = try Site()
    site.drop("a.txt", "one")
    site.drop("b.txt", "two")
    try site.recover()
    let claims = try Intake(spool: site.journal.spool).next(timeoutNanoseconds: 0)
    let decided = try claims.compactMap(site.judge)
    let path = { (claim: Claim) in
      let (folder, name) = site.journal.spool.workPath(of: claim)
      return site.spoolPath + "/work/" + String(decoding: folder + [47] + name, as: UTF8.self)
    }
    let a = claims.first { $0.name == Array("a.txt".utf8) }!
    let b = claims.first { $0.name == Array("b.txt".utf8) }!
    site.temporary.write("new", "swapped in")
    rename(site.temporary.path + "/new", path(a))
    unlink(path(b))
    try site.committer.commit(decided)
    #expect(site.seen.returned.withLock { $0 } == [a])
    #expect(try site.records().contains { $0.event == .itemVanished && $0.item == b.id })
    try site.commit([a])
    #expect(site.contents("passed/a.txt") == "swapped in")
  }

  @Test("A file that changed between its record and a restart is held, with a record of its own")
  func changedOverRestart() throws {
    let site = try Site()
    site.drop("a.txt", "all is well")
    try site.recover()
    let claims = try Intake(spool: site.journal.spool).next(timeoutNanoseconds: 0)
    // Stopped when the record is durable, before the item moves.
    site.steps.begin(stopAt: 3)
    #expect(throws: ActionError.self) { try site.commit(claims) }
    let (folder, name) = site.journal.spool.workPath(of: claims[0])
    site.temporary.write(
      "spool/work/" + String(decoding: folder + [47] + name, as: UTF8.self), "something else")
    site.steps.begin()
    try site.crash()
    try site.runOnce()
    #expect(site.plan.changed == [claims[0].id])
    #expect(site.contents("held/\(claims[0].id)") == "something else")
    #expect(site.contents("passed/a.txt") == nil)
    let item = try Quarantine(journal: site.journal).item(claims[0].id)
    #expect(item.causes == ["changed"])
  }

  @Test("What cannot be opened is held under its id, a link as a link")
  func unopened() throws {
    let site = try Site()
    symlink("/etc/shadow", site.spoolPath + "/incoming/link")
    try site.recover()
    let claims = try Intake(spool: site.journal.spool).next(timeoutNanoseconds: 0)
    // Links may be left unclaimed by the intake; then there is nothing to hold.
    guard let claim = claims.first else { return }
    try site.committer.commit([
      Decided(
        unopened: claim, status: nil, cause: .unreadable, detail: "a link", generation: "g")
    ])
    var target = [CChar](repeating: 0, count: 64)
    #expect(readlink(site.spoolPath + "/held/\(claim.id)", &target, 63) == 11)
  }

  @Test("The committer's thread takes what came, and ends when it is told to")
  func thread() throws {
    let site = try Site()
    for index in 0..<40 { site.drop("f\(index)", "text \(index)") }
    try site.recover()
    let claims = try Intake(spool: site.journal.spool).next(timeoutNanoseconds: 0)
    let decided = try claims.compactMap(site.judge)
    let committer = site.committer
    let thread = WorkThread { committer.run() }
    for item in decided { committer.submit(item) }
    committer.drain()
    #expect(committer.isIdle)
    committer.stop()
    thread.join()
    #expect(site.seen.committed.withLock { $0.count } == 40)
    try Audit(site).checkDone((0..<40).map { "text \($0)" })
  }

  @Test("An item in hand at three crashes is held, others are examined again")
  func poison() throws {
    let site = try Site()
    site.drop("poison", "boom")
    site.drop("other", "fine")
    try site.recover()
    let claims = try Intake(spool: site.journal.spool).next(timeoutNanoseconds: 0)
    let poison = claims.first { $0.name == Array("poison".utf8) }!
    for _ in 0..<3 {
      try site.crash()
      try site.recover()
      #expect(site.plan.oneAtATime)
      #expect(site.plan.undecided.contains(poison))
      if site.journal.tries.count(of: poison.id) > 0 {
        #expect(site.plan.undecided.last == poison)
      }
      try site.journal.tries.begin(poison.id)
    }
    try site.crash()
    try site.runOnce()
    #expect(site.plan.poisoned == [poison.id])
    #expect(try Quarantine(journal: site.journal).item(poison.id).causes == ["engine.crash"])
    try Audit(site).checkDone(["boom", "fine"])
  }

  @Test("After an orderly stop nothing runs one at a time, and the marker counts once")
  func cleanStop() throws {
    let site = try Site()
    try site.recover()
    try site.journal.stopMarker.write(at: site.journal.clock.now())
    try site.open()
    try site.recover()
    #expect(!site.plan.oneAtATime)
    try site.open()
    try site.recover()
    #expect(site.plan.oneAtATime)
  }

  @Test("A name that leaves no room for the suffix has its sidecar under the item's id")
  func longName() throws {
    let site = try Site()
    let name = String(repeating: "n", count: 255)
    site.drop(name, "take note")
    try site.runOnce()
    #expect(site.contents("annotated/" + name) == "take note")
    let item = site.seen.committed.withLock { $0[0].item }
    #expect(site.contents("annotated/\(item).sluice.json")?.contains(name) == true)
  }

  @Test("A dropped name that reads as a sidecar is placed under the item's id")
  func forgedSidecar() throws {
    let site = try Site()
    site.drop("list.txt.sluice.json", "nothing")
    try site.runOnce()
    let item = site.seen.committed.withLock { $0[0].item }
    #expect(site.contents("passed/\(item)") == "nothing")
  }

  @Test("What leaves carries its verdict as an attribute, where the file system has such")
  func attribute() throws {
    let site = try Site()
    site.drop("a.txt", "take note")
    try site.runOnce()
    var value = [UInt8](repeating: 0, count: 32)
    let path = site.spoolPath + "/annotated/a.txt"
    let count = Attribute.read(path, &value)
    #expect(count < 0 || String(decoding: value.prefix(count), as: UTF8.self) == "annotate")
  }
}
