import Glibc
import SluiceCore
import SluiceTestSupport
import Testing

@testable import SluiceDaemon

/// `sluice fsck` beside and after a real daemon.
@Suite(.serialized) struct FsckTests {
  /// Runs `sluice fsck` on a daemon's spool.
  private func fsck(_ daemon: RunningDaemon, _ arguments: String...) throws -> Shell.Answer {
    let binary = try #require(RunningDaemon.binary).dropLast()
    let root = daemon.directory.path
    return Shell.run(
      "'\(binary)' fsck '\(root)/spool' --log '\(root)/log' "
        + arguments.joined(separator: " "), in: daemon.directory)
  }

  @Test("A running daemon's spool is checked without its lock, and never repaired")
  func live() throws {
    let daemon = try RunningDaemon()
    ToyPack.write(in: daemon.directory)
    try daemon.startReady()
    daemon.move("clean.txt", "All is well.\n")
    daemon.move("bad.txt", "This is forbidden here.\n")
    try daemon.waitFor("passed/clean.txt")
    try Wait.until(10, daemon.output) { daemon.files("quarantine").count == 1 }
    let sound = try fsck(daemon)
    #expect([0, 3].contains(sound.status), "\(sound)")
    #expect(sound.text.contains("process \(daemon.pid) owns the spool"))
    daemon.directory.write("spool/passed/stranger.txt", "never examined\n")
    daemon.directory.write("spool/state/.x.tmp", "")
    let broken = try fsck(daemon, "--json")
    #expect(broken.status == 1)
    let json = try JSON(parsing: Array(broken.text.utf8))
    #expect(json["breaks"]?.elements.map { $0["kind"]?.text } == ["no-record"])
    #expect(json["live"] == .bool(true))
    let refused = try fsck(daemon, "--repair")
    #expect(refused.status == 1)
    #expect(refused.text.contains("is owned by process \(daemon.pid)"), "\(refused)")
    #expect(refused.text.contains("nothing was touched"))
    #expect(access(daemon.directory.path + "/spool/state/.x.tmp", F_OK) == 0)
    daemon.signal(SIGTERM)
    #expect(try daemon.end() == 0)
  }

  @Test("After a crash, a repair finishes what a start would and leaves what needs a person")
  func repair() throws {
    let daemon = try RunningDaemon()
    ToyPack.write(in: daemon.directory)
    try daemon.startReady()
    daemon.move("bad.txt", "This is forbidden here.\n")
    try Wait.until(10, daemon.output) { daemon.files("quarantine").count == 1 }
    try daemon.crash()
    let root = daemon.directory.path
    let item = try #require(daemon.files("quarantine").first)
    unlink("\(root)/spool/quarantine/\(item).json")
    mkdir("\(root)/spool/work/01ARZ3NDEKTSV4RRFFQ69G5FAV", 0o700)
    rmdir("\(root)/spool/annotated")
    daemon.directory.write("spool/passed/stranger.txt", "never examined\n")
    let before = try fsck(daemon)
    #expect(before.status == 1)
    #expect(
      before.text.contains("4 breaks") && before.text.contains("--repair mends 3"), "\(before)")
    let repair = try fsck(daemon, "--repair")
    #expect(repair.status == 1)
    #expect(repair.text.contains("MENDED  quarantine/\(item): no-sidecar"), "\(repair)")
    #expect(repair.text.contains("MENDED  annotated: missing-folder"), "\(repair)")
    #expect(repair.text.contains("BROKEN  passed/stranger.txt: no-record"))
    unlink("\(root)/spool/passed/stranger.txt")
    let after = try fsck(daemon)
    #expect(after.status == 0 && after.text.contains("no breaks"), "\(after)")
    // What was in hand at the crash still counts as such for the next start.
    try daemon.startReady()
    daemon.signal(SIGTERM)
    #expect(try daemon.end() == 0)
    #expect(try fsck(daemon).status == 0)
  }

  @Test("A log that is not whole stops a repair before anything is touched")
  func brokenLog() throws {
    let daemon = try RunningDaemon()
    ToyPack.write(in: daemon.directory)
    try daemon.startReady()
    daemon.move("clean.txt", "All is well.\n")
    try daemon.waitFor("passed/clean.txt")
    daemon.signal(SIGTERM)
    #expect(try daemon.end() == 0)
    let log = daemon.directory.path + "/log/actions.jsonl"
    var bytes = try StateFile.read(log)
    bytes[bytes.count / 2] ^= 1
    daemon.directory.write("log/actions.jsonl", bytes)
    daemon.directory.write("spool/state/.x.tmp", "")
    let answer = try fsck(daemon, "--repair")
    #expect(answer.status == 1 && answer.text.contains("nothing was touched"), "\(answer)")
    #expect(try StateFile.read(log) == bytes)
    #expect(access(daemon.directory.path + "/spool/state/.x.tmp", F_OK) == 0)
    #expect(try fsck(daemon, "--dropped /nowhere").status == 2)
  }
}
