import Glibc
import SluiceCore
import SluiceLog
import SluiceTestSupport
import Testing

@testable import SluiceDaemon

/// The whole way with the real binary: signals, service manager, control socket, crashes.
@Suite(.serialized) struct DaemonTests {
  private func verify(_ daemon: RunningDaemon) throws {
    let report = try LogVerifier.verify(daemon.directory.path + "/log")
    #expect(report.isGood, "\(report)")
  }

  private func text(_ json: JSON?, _ keys: String...) -> String? {
    var value = json
    for key in keys { value = value?[key] }
    if case .string(let text)? = value { return text }
    return nil
  }

  @Test("Without a config, a harmful file is in quarantine and a clean one in passed/")
  func drops() throws {
    let daemon = try RunningDaemon()
    ToyPack.write(in: daemon.directory)
    try daemon.startReady()
    daemon.move("moved.txt", "This is forbidden here.\n")
    daemon.copy("copied.txt", "This is forbidden here too.\n")
    daemon.move("clean.txt", "All is well.\n")
    daemon.copy("mail/in.txt", "All is well in a folder.\n")
    try daemon.waitFor("passed/clean.txt")
    try daemon.waitFor("passed/mail/in.txt")
    try Wait.until(10, daemon.output) { daemon.files("quarantine").count == 2 }
    let passed = try StateFile.read(daemon.directory.path + "/spool/passed/clean.txt")
    #expect(passed == Array("All is well.\n".utf8))
    let status = try daemon.control.status()
    #expect(text(status, "state") == "running")
    try Wait.until(5, "no counts") {
      (try? daemon.control.status())?["items"]?["quarantined"] == .int(2)
    }
    let metrics = try daemon.control.request(.get, "/metrics")
    let metricsText = String(decoding: metrics.body, as: UTF8.self)
    #expect(metricsText.contains("sluice_items_total{verdict=\"quarantine\"} 2\n"))
    #expect(metricsText.hasSuffix("# EOF\n"))
    #expect(StatusText.lines(of: try daemon.control.status()).contains { $0.contains("2 passed") })
    daemon.signal(SIGTERM)
    try daemon.waitFor(notice: "STOPPING=1")
    #expect(try daemon.end() == 0)
    try verify(daemon)
  }

  @Test(
    "A broken pack is refused with its diagnostic while the old rules go on; mended, it is live")
  func reloads() throws {
    let daemon = try RunningDaemon(settings: "workers: 1")
    ToyPack.write(in: daemon.directory)
    try daemon.startReady()
    daemon.directory.write(
      "rules/toy/words.yaml", ToyPack.rule("forbidden").replacing("severity", with: "sevrity"))
    daemon.signal(SIGHUP)
    try daemon.waitFor(notice: "RELOADING=1")
    try daemon.waitFor(notice: "READY=1")
    let refused = try daemon.control.status()
    #expect(refused["rules"]?["refused"]?["errors"] != .int(0))
    #expect(text(refused, "rules", "refused", "since") != nil)
    let reply = try daemon.control.request(.post, "/reload")
    #expect(reply.status == 422)
    #expect(String(decoding: reply.body, as: UTF8.self).contains("did you mean 'severity'?"))
    daemon.move("old.txt", "Still forbidden.\n")
    try Wait.until(10, daemon.output) { daemon.files("quarantine").count == 1 }
    daemon.directory.write("rules/toy/words.yaml", ToyPack.rule("forbidden|verboten"))
    let accepted = try daemon.control.reload()
    #expect(accepted["accepted"] == .bool(true), "\(accepted.line)")
    #expect(accepted["changed"] == .array([.string("toy.words.forbidden")]))
    daemon.move("new.txt", "Das ist verboten.\n")
    try Wait.until(10, daemon.output) { daemon.files("quarantine").count == 2 }
    #expect(try daemon.control.status()["rules"]?["refused"] == .null)
    daemon.signal(SIGTERM)
    #expect(try daemon.end() == 0)
    let log = try StateFile.read(daemon.directory.path + "/log/actions.jsonl")
    let lines = String(decoding: log, as: UTF8.self)
    #expect(lines.contains("\"event\":\"rules.rejected\""))
    #expect(lines.contains("\"changed\":[\"toy.words.forbidden\"]"))
    try verify(daemon)
  }

  @Test("Ten signals in a row end in one or two reloads, and a key that needs a restart is refused")
  func signals() throws {
    let daemon = try RunningDaemon(settings: "workers: 1")
    ToyPack.write(in: daemon.directory)
    try daemon.startReady()
    for _ in 0..<10 { daemon.signal(SIGHUP) }
    try daemon.waitFor(notice: "RELOADING=1")
    try daemon.waitFor(notice: "READY=1")
    let reply = try daemon.control.reload()
    #expect(reply["accepted"] == .bool(true), "\(reply.line)")
    let status = try daemon.control.status()
    guard case .int(let count)? = status["rules"]?["reloads_accepted"] else {
      Issue.record("no count of reloads")
      return
    }
    // One or two for the signals, and the one asked for by the socket.
    #expect((2...3).contains(count))
    RunningDaemon.configure(daemon.directory, "workers: 2")
    let refused = try daemon.control.reload()
    #expect(refused["accepted"] == .bool(false))
    #expect(refused.line.contains("a change of 'workers' takes a restart"))
    daemon.signal(SIGUSR1)
    try Wait.until(10, daemon.output) {
      Files.list(daemon.directory.path + "/log").contains { $0.hasPrefix("actions-") }
    }
    daemon.signal(SIGUSR2)
    try Wait.until(10, daemon.output) { daemon.output.contains("rules      ") }
    daemon.signal(SIGINT)
    #expect(try daemon.end() == 0)
    try verify(daemon)
  }

  @Test("A second daemon on the same spool is told who owns it")
  func second() throws {
    let daemon = try RunningDaemon(settings: "workers: 1")
    ToyPack.write(in: daemon.directory)
    try daemon.startReady()
    let other = try RunningDaemon(settings: "workers: 1", daemon.directory)
    try other.start()
    #expect(try other.end() == 1)
    #expect(other.output.contains("\(daemon.pid)"))
    #expect(try daemon.control.status()["state"] == .string("running"))
  }

  @Test(
    "Killed again and again under a stream of files, every file ends in exactly one right place")
  func crashes() throws {
    let daemon = try RunningDaemon(settings: "workers: 2\nlimits: {queue: 8}")
    ToyPack.write(in: daemon.directory)
    var generator = SplitMix(state: 42)
    var dropped = 0
    for _ in 0..<6 {
      try daemon.startReady()
      for _ in 0..<30 {
        let word = dropped % 3 == 0 ? "forbidden" : "allowed"
        daemon.move("f\(dropped).txt", "This is \(word): \(dropped).\n")
        dropped += 1
      }
      // Somewhere in the middle of the work, wherever that is this time.
      let target = Int.random(in: 0..<25, using: &generator)
      try Wait.until(20, daemon.output) {
        daemon.files("passed").count + daemon.files("quarantine").count >= dropped - 30 + target
      }
      try daemon.crash()
    }
    try daemon.startReady()
    try Wait.until(30, daemon.output) {
      daemon.files("passed").count + daemon.files("quarantine").count == dropped
    }
    #expect(daemon.files("passed").count == dropped * 2 / 3)
    #expect(daemon.files("quarantine").count == dropped / 3)
    #expect(daemon.files("held").isEmpty && daemon.files("work").isEmpty)
    #expect(daemon.files("incoming").isEmpty)
    for name in daemon.files("passed") {
      let number = name.dropFirst().prefix { $0 != "." }
      let content = try StateFile.read(daemon.directory.path + "/spool/passed/" + name)
      #expect(content == Array("This is allowed: \(number).\n".utf8))
    }
    daemon.signal(SIGTERM)
    #expect(try daemon.end() == 0)
    try verify(daemon)
  }

  @Test("An update that would stop everything is disarmed: its items are held, and it is told")
  func probation() throws {
    let daemon = try RunningDaemon(settings: "workers: 1\nprobation: {min_items: 10}")
    ToyPack.write(in: daemon.directory)
    try daemon.startReady()
    ToyPack.write(in: daemon.directory, word: "forbidden|report", version: "1.1.0")
    #expect(try daemon.control.reload()["accepted"] == .bool(true))
    for number in 0..<30 { daemon.move("r\(number).txt", "The report has number \(number).\n") }
    try Wait.until(20, daemon.output) {
      daemon.files("quarantine").count + daemon.files("held").count == 30
    }
    #expect(daemon.files("quarantine").count == 10 && daemon.files("held").count == 20)
    let status = try daemon.control.status()
    #expect(status["alarm_count"] == .int(1))
    #expect(StatusText.lines(of: status).contains { $0.contains("DISARMED") })
    let body = JSON.object([.init("why", .string("a wrong update"))])
    let released = try daemon.control.accepted(
      daemon.control.request(.post, "/probation/toy.words.forbidden/release", body: body))
    let reply = String(decoding: released.body, as: UTF8.self)
    #expect(reply.contains("\"outcome\":\"done\"") && !reply.contains("refused"), "\(reply)")
    try Wait.until(
      10,
      "passed \(daemon.files("passed").count), held \(daemon.files("held").count), quarantine \(daemon.files("quarantine").count)"
    ) { daemon.files("passed").count == 30 }
    daemon.signal(SIGTERM)
    #expect(try daemon.end() == 0)
    try verify(daemon)
  }

  @Test("Review over the socket: list, show, stream out, confirm, and refusals with their reason")
  func review() throws {
    let daemon = try RunningDaemon(settings: "workers: 1")
    ToyPack.write(in: daemon.directory)
    try daemon.startReady()
    daemon.move("a.txt", "This is forbidden here.\n")
    try Wait.until(10, daemon.output) { daemon.files("quarantine").count == 1 }
    let control = daemon.control
    let id = try #require(daemon.files("quarantine").first)
    let list = try control.request(.get, "/quarantine", query: [("destination", "quarantine")])
    #expect(String(decoding: list.body, as: UTF8.self).contains(id))
    #expect(try control.request(.get, "/quarantine/NOPE").status == 404)
    #expect(try control.request(.post, "/quarantine/\(id)/export").status == 400)
    let why = JSON.object([.init("why", .string("a look")), .init("path", .string("/tmp/x"))])
    var content: [UInt8] = []
    let export = try control.stream(.post, "/quarantine/\(id)/export", body: why) {
      (bytes) throws(ControlError) in content.append(contentsOf: bytes)
    }
    #expect(export.status == 200 && content == Array("This is forbidden here.\n".utf8))
    #expect(daemon.files("quarantine") == [id])
    #expect(try control.request(.post, "/quarantine/\(id)/exported", body: why).status == 200)
    #expect(daemon.files("quarantine").isEmpty)
    let allowed = try control.request(.get, "/allowances").json()
    #expect(allowed.line.contains("toy.words.forbidden"))
    daemon.move("again.txt", "This is forbidden here.\n")
    try daemon.waitFor("passed/again.txt")
    daemon.signal(SIGTERM)
    #expect(try daemon.end() == 0)
    try verify(daemon)
  }

  @Test("A command gets each record as a line, and can end without harm")
  func events() throws {
    let directory = TemporaryDirectory()
    let sink = directory.path + "/events"
    let daemon = try RunningDaemon(
      settings: "workers: 1\non_event: [/bin/sh, -c, 'cat >> \(sink)']", directory)
    ToyPack.write(in: directory)
    try daemon.startReady()
    daemon.move("a.txt", "All is well.\n")
    try Wait.until(10, daemon.output) {
      let bytes = (try? StateFile.read(sink)) ?? []
      return String(decoding: bytes, as: UTF8.self).contains("\"event\":\"item.passed\"")
    }
    daemon.signal(SIGTERM)
    #expect(try daemon.end() == 0)
  }

  @Test("Rules that are wrong stop the start, and all that is wrong is told")
  func refusesToStart() throws {
    let daemon = try RunningDaemon(settings: "workers: 1")
    ToyPack.write(in: daemon.directory)
    daemon.directory.write("rules/toy/words.yaml", ToyPack.rule("forbid(den"))
    try daemon.start()
    #expect(try daemon.end() == 1)
    #expect(daemon.output.contains("words.yaml:8:"))
  }

  @Test("The check of a config tells of mistakes in it and in the rules, and ends with 1")
  func checks() throws {
    let daemon = try RunningDaemon(settings: "wrokers: 1", extra: ["--check-config"])
    ToyPack.write(in: daemon.directory, word: "forbid(den")
    try daemon.start()
    #expect(try daemon.end() == 1)
    #expect(daemon.output.contains("did you mean 'workers'?"))
    #expect(daemon.output.contains("words.yaml:8:"))
  }
}

extension String {
  fileprivate func replacing(_ word: String, with other: String) -> String {
    split(separator: word, omittingEmptySubsequences: false).joined(separator: other)
  }
}
