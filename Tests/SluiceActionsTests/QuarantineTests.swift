import Glibc
import SluiceCore
import SluiceLog
import SluiceSpool
import Testing

@testable import SluiceActions

@Suite struct QuarantineTests {
  let anna = Actor(uid: 1001, user: "anna")
  let ben = Actor(uid: 1002, user: "ben")

  /// One item of each name and text, judged and kept.
  private func kept(_ files: [(String, String)]) throws -> Site {
    let site = try Site()
    for (name, text) in files { site.drop(name, text) }
    try site.runOnce()
    return site
  }

  /// Drops a file with these bits, of a second that is not now.
  private func drop(_ name: String, _ text: String, mode: mode_t, in site: Site) {
    site.drop(name, text)
    let dropped = site.spoolPath + "/incoming/" + name
    chmod(dropped, mode)
    let times = [timespec(tv_sec: 1_000_000, tv_nsec: 5), timespec(tv_sec: 1_000_000, tv_nsec: 5)]
    utimensat(AT_FDCWD, dropped, times, 0)
  }

  @Test("What could not be read is released as it was dropped, too")
  func unread() throws {
    let site = try Site()
    drop("offer.eml", "an offer on a bad sector", mode: 0o640, in: site)
    try site.recover()
    let claim = try #require(
      try Intake(spool: site.journal.spool).next(timeoutNanoseconds: 0).first)
    try site.committer.commit([
      Decided(
        unopened: claim, status: site.journal.spool.look(at: claim), cause: .unreadable,
        detail: "Input/output error", generation: "g")
    ])
    let item = try site.only()
    _ = try site.quarantine.release([item.item], by: anna, why: "the disk was exchanged")
    #expect(site.contents("passed/offer.eml") == "an offer on a bad sector")
    var status = stat()
    stat(site.spoolPath + "/passed/offer.eml", &status)
    #expect(status.st_mode & 0o7777 == 0o640)
    #expect(status.st_mtim.tv_sec == 1_000_000)
    let record = try #require(try site.records().last { $0.event == .itemHeld })
    #expect(record.json["owner"]?.integer == Int(geteuid()))
  }

  @Test("A release puts back content, name, mode, times and attributes, and leaves nothing behind")
  func release() throws {
    let site = try Site()
    drop("mail/offer.eml", "a bad offer", mode: 0o4640, in: site)
    try site.runOnce()
    let item = try site.only()
    var status = stat()
    stat(site.spoolPath + "/quarantine/\(item.item)", &status)
    #expect(status.st_mode & 0o7777 == 0o600)
    let removals = try site.quarantine.release([item.item], by: anna, why: "asked for by its owner")
    guard case .done(let path)? = removals.first?.outcome else {
      Issue.record("\(removals)")
      return
    }
    #expect(path == Array("mail/offer.eml".utf8))
    #expect(site.contents("passed/mail/offer.eml") == "a bad offer")
    stat(site.spoolPath + "/passed/mail/offer.eml", &status)
    #expect(status.st_mode & 0o7777 == 0o640)
    #expect(status.st_mtim.tv_sec == 1_000_000)
    #expect(status.st_mtim.tv_nsec == 5)
    let audit = Audit(site)
    #expect(audit.sidecars.isEmpty)
    #expect(audit.files.count == 1)
    let record = try #require(try site.records().last { $0.event == .itemReleased })
    #expect(record.json["who"] == anna.json)
    #expect(record.json["why"]?.text == "asked for by its owner")
  }

  @Test("A release never writes over a file, and its record names the place it found")
  func releaseClash() throws {
    let site = try kept([("offer.eml", "a bad offer")])
    site.temporary.write("spool/passed/offer.eml", "mine")
    let removals = try site.quarantine.release([try site.only().item], by: anna, why: "right")
    guard case .done(let path)? = removals.first?.outcome else {
      Issue.record("\(removals)")
      return
    }
    #expect(path == Array("offer.1.eml".utf8))
    #expect(site.contents("passed/offer.eml") == "mine")
    #expect(site.contents("passed/offer.1.eml") == "a bad offer")
  }

  @Test("What was released may come again for the same reasons, until the allowance is revoked")
  func allowance() throws {
    let site = try kept([("offer.eml", "a bad offer"), ("odd", "odd bytes")])
    let items = try site.quarantine.list().items
    _ = try site.quarantine.release(items.map(\.item), by: anna, why: Quarantine.falsePositive)
    let bad = try #require(items.first { $0.rules == ["toy.bad"] })
    let odd = try #require(items.first { $0.causes == ["no_decoder"] })
    #expect(site.journal.allowances.rules(for: bad.sha256) == ["toy.bad"])
    #expect(site.journal.allowances.rules(for: odd.sha256) == ["no_decoder"])
    try site.open()
    #expect(site.journal.allowances.list.count == 2)
    try site.quarantine
      .revokeAllowance(of: bad.sha256, rule: "toy.bad", by: ben, why: "it was fraud after all")
    try site.open()
    #expect(site.journal.allowances.rules(for: bad.sha256).isEmpty)
    #expect(site.journal.allowances.rules(for: odd.sha256) == ["no_decoder"])
  }

  @Test("A release as a false positive gives an override and a test text to take over")
  func suggestion() throws {
    let site = try kept([("offer.eml", "Hello,\nthis is a bad: \"offer\".\nBye")])
    let item = try site.only()
    let removal = try site.quarantine.release([item.item], by: anna, why: "false-positive").first
    let suggestion = try #require(removal?.suggestion)
    #expect(suggestion.override.contains("  - rule: toy.bad\n    sha256: \(item.sha256)\n"))
    #expect(suggestion.passTest.contains(#"- "this is a bad: \"offer\".""#))
  }

  @Test("A release whose content is not what was judged is refused, without a record")
  func tampered() throws {
    let site = try kept([("offer.eml", "a bad offer")])
    let id = try site.only().item
    site.temporary.write("spool/quarantine/\(id)", "something worse")
    let removal = try site.quarantine.release([id], by: anna, why: "right").first
    guard case .refused(let error)? = removal?.outcome else {
      Issue.record("released")
      return
    }
    #expect(error.code == .changed)
    #expect(try !site.records().contains { $0.event == .itemReleased })
  }

  @Test("A reason is needed to release, delete, hold as evidence")
  func reasons() throws {
    let site = try kept([("offer.eml", "a bad offer")])
    let id = try site.only().item
    #expect(throws: ActionError.self) { try site.quarantine.release([id], by: anna, why: " ") }
    #expect(throws: ActionError.self) { try site.quarantine.delete([id], by: anna, why: "") }
    #expect(throws: ActionError.self) {
      try site.quarantine.setEvidence(true, [id], by: anna, why: "")
    }
    #expect(try site.quarantine.list().items.count == 1)
  }

  @Test("Evidence is neither released nor deleted nor expired until it is freed")
  func evidence() throws {
    let site = try kept([("offer.eml", "a bad offer")])
    let id = try site.only().item
    try site.quarantine.setEvidence(true, [id], by: anna, why: "case 7")
    for removal in try site.quarantine.delete([id], by: anna, why: "gone")
      + site.quarantine.release([id], by: anna, why: "right")
    {
      guard case .refused(let error) = removal.outcome else {
        Issue.record("\(removal)")
        continue
      }
      #expect(error.code == .evidence)
    }
    let later = Timestamp(microseconds: site.seen.time.withLock { $0 } + 1)
    #expect(try site.quarantine.expire(enteredBefore: later, by: anna) == 0)
    try site.quarantine.setEvidence(false, [id], by: ben, why: "case closed")
    #expect(try site.quarantine.expire(enteredBefore: later, by: anna) == 1)
    #expect(Audit(site).files.isEmpty)
    let record = try #require(try site.records().last { $0.event == .itemDeleted })
    #expect(record.json["why"]?.text == "retention")
  }

  @Test("A sealed item takes two people and a report, and is never shown, exported or expired")
  func sealed() throws {
    let site = try kept([("x", "sealed matter")])
    let item = try site.only()
    #expect(item.isSealed)
    let id = item.item
    #expect(throws: ActionError.self) { try site.quarantine.reveal(id, by: anna, why: "look") }
    #expect(throws: ActionError.self) {
      _ = try site.quarantine.beginExport(id, by: anna, why: "copy")
    }
    let later = Timestamp(microseconds: site.seen.time.withLock { $0 } + 1)
    #expect(try site.quarantine.expire(enteredBefore: later, by: anna) == 0)
    func outcome(_ actor: Actor, _ report: String?) throws -> String {
      switch try site.quarantine.delete([id], by: actor, why: "reported", report: report)[0].outcome
      {
      case .done: "done"
      case .waiting: "waiting"
      case .refused(let error): error.code.rawValue
      }
    }
    #expect(try outcome(anna, nil) == "sealed")
    #expect(try outcome(anna, "NCMEC 1") == "waiting")
    #expect(try outcome(anna, "NCMEC 1") == "second-person")
    #expect(try outcome(ben, "NCMEC 2") == "waiting")
    #expect(try site.quarantine.list().items.count == 1)
    #expect(try outcome(ben, "NCMEC 1") == "done")
    #expect(try site.quarantine.list().items.isEmpty)
    let record = try #require(try site.records().last { $0.event == .itemDeleted })
    #expect(record.json["first"] == anna.json)
    #expect(record.json["report"]?.text == "NCMEC 1")
    #expect(try !site.records().contains { $0.json.line.contains("sealed matter") })
  }

  @Test("Next offers the oldest item that nobody confirmed, and can skip")
  func next() throws {
    let site = try kept([("a", "bad one"), ("b", "bad two"), ("c", "bad three")])
    let ids = try site.quarantine.list().items.map(\.item)
    #expect(try site.quarantine.next()?.item == ids[0])
    try site.quarantine.confirm([ids[0]], by: anna, why: "")
    #expect(try site.quarantine.next()?.item == ids[1])
    #expect(try site.quarantine.next(after: ids[1])?.item == ids[2])
    #expect(try site.quarantine.next(after: ids[2]) == nil)
    #expect(try site.quarantine.item(ids[0]).review.confirmed?.by == anna)
  }

  @Test("Looking at the text is recorded before it is shown; otherwise excerpts are masked")
  func reveal() throws {
    let site = try kept([("offer.eml", "a bad offer")])
    let item = try site.only()
    #expect(!item.json.line.contains("\"bad\""))
    #expect(
      try site.quarantine.reveal(item.item, by: anna, why: "review")[0].text == Array("bad".utf8))
    let record = try #require(try site.records().last { $0.event == .itemViewed })
    #expect(record.json["who"] == anna.json)
  }

  @Test("An export leaves quarantine only when the caller has it on their disk")
  func export() throws {
    let site = try kept([("offer.eml", "a bad offer")])
    let id = try site.only().item
    let export = try site.quarantine.beginExport(id, by: anna, why: "for the lab")
    #expect(try export.file.readAll(upTo: 100) == Array("a bad offer".utf8))
    #expect(try site.quarantine.list().items.count == 1)
    _ = try site.quarantine.finishExport(
      id, by: anna, why: "for the lab", to: Array("/home/anna/x".utf8))
    #expect(Audit(site).files.isEmpty)
    #expect(Audit(site).sidecars.isEmpty)
  }

  @Test("A rescan carries out what the rules of now say")
  func rescan() throws {
    for (verdict, place) in [
      (Verdict.pass, "passed/offer.eml"), (.annotate, "annotated/offer.eml"), (.hold, "held/"),
      (.quarantine, "quarantine/"),
    ] {
      let site = try kept([("offer.eml", "a bad offer")])
      let item = try site.only()
      let decision = Decision(verdict: verdict, scores: ["toy": 50], generation: "g2")
      _ = try site.quarantine.finishRescan(
        item.item, decision, sha256: item.sha256, by: anna, why: "new rules")
      let path = place.hasSuffix("/") ? place + item.item.description : place
      #expect(site.contents(path) == "a bad offer", "\(verdict)")
      #expect(Audit(site).files.count == 1)
      #expect(Audit(site).sidecars.count == (verdict == .pass ? 0 : 1))
      if place.hasSuffix("/") { #expect(try site.quarantine.item(item.item).verdict == verdict) }
    }
  }

  @Test("Items that only one rule hit can be listed, and released in one step")
  func onlyRule() throws {
    let site = try kept([
      ("a", "bad one"), ("b", "bad two"), ("c", "odd bytes"), ("d", "sealed bad"),
    ])
    var filter = Quarantine.Filter()
    filter.onlyRule = "toy.bad"
    let items = try site.quarantine.list(filter).items
    #expect(items.count == 2)
    _ = try site.quarantine.release(items.map(\.item), by: anna, why: Quarantine.falsePositive)
    #expect(site.contents("passed/a") == "bad one")
    #expect(site.contents("passed/b") == "bad two")
    #expect(try site.quarantine.list().items.count == 2)
  }

  @Test("Retention deletes what is old, and nothing when the clock has jumped")
  func retention() throws {
    let site = try kept([("offer.eml", "a bad offer")])
    let retention = Retention(quarantine: site.quarantine, retainSeconds: 90, actor: anna)
    #expect(try retention.run() == nil)
    site.seen.time.withLock { $0 += 400 * 86_400 * 1_000_000 }
    #expect(try retention.run() == nil)
    #expect(try site.quarantine.list().items.count == 1)
    #expect(try retention.run() == 1)
    #expect(try site.quarantine.list().items.isEmpty)
  }

  @Test("An intent that is stopped before any step is finished at the next start, once")
  func stopsAnywhere() throws {
    var stopAt = 0
    var isWhole = false
    while !isWhole {
      isWhole = true
      for act in 0..<5 {
        let site = try kept([("offer.eml", "a bad offer"), ("x", "bad too")])
        let item = try #require(try site.quarantine.list().items.first { $0.size == 11 })
        site.steps.begin(stopAt: stopAt)
        do {
          switch act {
          case 0: _ = try site.quarantine.release([item.item], by: anna, why: "right")
          case 1: _ = try site.quarantine.delete([item.item], by: anna, why: "gone")
          case 2: try site.quarantine.confirm([item.item], by: anna, why: "")
          case 3:
            _ = try site.quarantine.finishExport(
              item.item, by: anna, why: "lab", to: Array("/x".utf8))
          default:
            _ = try site.quarantine.finishRescan(
              item.item, Decision(verdict: .hold, generation: "g2"), sha256: item.sha256,
              by: anna, why: "new")
          }
        } catch {
          #expect(error.code == .stopped)
          isWhole = false
        }
        site.steps.begin()
        try site.crash()
        let wasRecorded = try site.records().contains {
          Intent.events.contains($0.event) && $0.item == item.item
        }
        try site.recover()
        let comment: Comment = "act \(act), stopped before step \(stopAt)"
        let files = Audit(site).files.map(\.text).filter { $0 == "a bad offer" }
        let isGone = wasRecorded && (act == 1 || act == 3)
        #expect(files.count == (isGone ? 0 : 1), comment)
        if wasRecorded {
          switch act {
          case 0: #expect(site.contents("passed/offer.eml") == "a bad offer", comment)
          case 2: #expect(try site.quarantine.item(item.item).review.confirmed != nil, comment)
          case 4: #expect(try site.quarantine.item(item.item).destination == .held, comment)
          default: break
          }
        } else {
          #expect(try site.quarantine.item(item.item) == item, comment)
        }
        #expect(
          Audit(site).sidecars.count == (try site.quarantine.list().items.count), comment)
        #expect(
          site.journal.allowances.list.count == (wasRecorded && (act == 0 || act == 3) ? 1 : 0),
          comment)
      }
      stopAt += 1
    }
    #expect(stopAt > 8)
  }

  @Test("A kept file that lost its sidecar gets it again from its record; a lone sidecar goes")
  func mended() throws {
    let site = try kept([("offer.eml", "a bad offer"), ("x", "bad too")])
    let items = try site.quarantine.list().items
    let lost = try #require(items.first { $0.size == 11 })
    let alone = try #require(items.first { $0.size == 7 })
    unlink(site.spoolPath + "/quarantine/\(lost.item).json")
    unlink(site.spoolPath + "/quarantine/\(alone.item)")
    try site.crash()
    try site.recover()
    let again = try site.quarantine.list().items
    #expect(again.map(\.item) == [lost.item])
    #expect(again.first?.name == lost.name)
    #expect(again.first?.rules == lost.rules)
    #expect(site.plan.mendedSidecars == 2)
    #expect(Audit(site).sidecars.count == 1)
  }
}
