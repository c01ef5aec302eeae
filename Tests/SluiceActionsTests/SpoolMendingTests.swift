import Glibc
import SluiceCore
import SluiceLog
import SluiceSpool
import Testing

@testable import SluiceActions

/// What a repair mends, and what it leaves alone.
@Suite(.serialized) struct SpoolMendingTests {
  static let actor = Actor(uid: 7, user: "somebody")

  /// Owns the spool anew, without tidying, and mends what the check finds.
  private func mend(_ spool: BrokenSpool) throws -> SpoolReport {
    try spool.site.open(tidies: false)
    let options = SpoolCheck.Options(
      logDirectory: spool.site.logPath,
      verifier: .init(keyDirectory: spool.site.temporary.path + "/keys"))
    let before = try SpoolCheck.run(spool.spool, options, ownsSpool: true)
    _ = try SpoolMending.run(
      spool.site.journal, logDirectory: spool.site.logPath, report: before, by: Self.actor)
    try spool.leave()
    return before
  }

  private static let damages = SpoolCheckTests.damages.filter { !$0.dropped && $0.kind != .log }

  @Test(
    "What can be mended is gone afterwards, with a record; what cannot is as it was",
    arguments: damages)
  func each(_ damage: SpoolCheckTests.Damage) throws {
    let spool = try BrokenSpool()
    try damage.make(spool)
    try spool.leave()
    let records = try spool.site.records().count
    let before = try mend(spool)
    #expect(before.breaks.contains { $0.kind == damage.kind })
    let after = try spool.check()
    let added = try spool.site.records().dropFirst(records)
    if damage.canMend {
      #expect(after.breaks.isEmpty, "\(after.lines)")
      #expect(added.contains { $0.event == .recovered }, "\(added)")
      #expect(try spool.witness(settled: false).status == 0)
    } else {
      let others = before.breaks.filter { !$0.canMend }
      #expect(after.breaks.map(\.message) == others.map(\.message))
      if others.count == before.breaks.count {
        #expect(!added.contains { $0.json["kind"]?.text != "check" }, "\(added)")
      }
    }
    let check = try #require(added.last { $0.json["kind"]?.text == "check" })
    #expect(check.json["who"]?["uid"] == .int(7))
    #expect(check.json["found"] == .int(before.breaks.count))
  }

  @Test("A record is durable before anything is removed")
  func recordFirst() throws {
    let spool = try BrokenSpool()
    spool.write("state/.settled.tmp", "{")
    try spool.leave()
    try spool.site.open(tidies: false)
    let before = try SpoolCheck.run(
      spool.spool, .init(logDirectory: spool.site.logPath), ownsSpool: true)
    spool.site.steps.begin(
      fault: (.commitLog, ActionError(.log, "the disk is full", errno: ENOSPC)))
    #expect(throws: ActionError.self) {
      try SpoolMending.run(
        spool.site.journal, logDirectory: spool.site.logPath, report: before, by: Self.actor)
    }
    #expect(spool.site.contents("state/.settled.tmp") == "{")
  }

  @Test("A decision that was recorded and not carried out is finished by the recovery of a start")
  func unfinished() throws {
    // Stopped when all is recorded and the move is still to come.
    var site = try Site()
    var stopAt = 0
    while true {
      site.drop("offer.eml", "a bad offer")
      site.steps.begin(stopAt: stopAt)
      let error = #expect(throws: ActionError.self) { try site.runOnce() }
      try #require(error?.code == .stopped)
      if site.steps.reached.last == .place { break }
      stopAt += 1
      site = try Site()
    }
    site.steps.begin()
    site.close()
    let options = SpoolCheck.Options(
      logDirectory: site.logPath, verifier: .init(keyDirectory: site.temporary.path + "/keys"))
    let report = try SpoolCheck.run(site.spoolPath, options)
    #expect(report.breaks.map(\.kind) == [.unfinished], "\(report.lines)")
    #expect(report.breaks.first?.canMend == true)
    try site.open(tidies: false)
    let before = try SpoolCheck.run(site.spoolPath, options, ownsSpool: true)
    let plan = try SpoolMending.run(
      site.journal, logDirectory: site.logPath, report: before, by: Self.actor)
    #expect(plan.completed == 1)
    site.close()
    let after = try SpoolCheck.run(site.spoolPath, options)
    #expect(after.breaks.isEmpty, "\(after.lines)")
  }

  @Test("A release that was recorded and not carried out is finished")
  func release() throws {
    let spool = try BrokenSpool()
    let id = try spool.kept("a bad offer")
    spool.site.steps.begin(fault: (.move, ActionError(.stopped, "cut off")))
    #expect(throws: ActionError.self) {
      try spool.site.quarantine.release([id], by: Self.actor, why: "a test")
    }
    spool.site.close()
    let report = try spool.check()
    #expect(report.breaks.map(\.kind) == [.unfinished], "\(report.lines)")
    _ = try mend(spool)
    #expect(try spool.check().breaks.isEmpty)
    #expect(spool.site.contents("passed/mail/offer.eml") == "a bad offer")
  }
}
