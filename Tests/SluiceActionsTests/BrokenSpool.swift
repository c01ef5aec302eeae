import Glibc
import SluiceCore
import SluiceLog
import SluiceSpool
import SluiceTestSupport

@testable import SluiceActions

/// A spool with one item of each kind, and the ways to break it.
final class BrokenSpool {
  let site: Site
  /// Contents by the name they were dropped under.
  static let dropped = [
    "clean.txt": "all is well", "fine.txt": "nothing to see", "mail/offer.eml": "a bad offer",
    "list.txt": "take note", "odd.bin": "odd bytes",
  ]

  init() throws {
    site = try Site()
    for (name, text) in Self.dropped { site.drop(name, text) }
    try site.runOnce()
  }

  var spool: String { site.spoolPath }

  /// Lets go of spool and log, as a daemon that has stopped.
  func leave() throws {
    try site.journal.mark.save(step: 1)
    try site.journal.log.close()
    site.close()
  }

  func kept(_ text: String) throws -> ItemID {
    let name = Self.dropped.first { $0.value == text }!.key
    let leaf = name.split(separator: "/").last!
    return try site.quarantine.list().items.first {
      String(decoding: $0.name, as: UTF8.self) == leaf
    }!.item
  }

  /// Moves within the spool, making folders.
  func move(_ from: String, _ to: String) {
    site.temporary.write("spool/" + to, "")
    guard rename(spool + "/" + from, spool + "/" + to) == 0 else { fatalError("\(from): \(errno)") }
  }

  func write(_ path: String, _ text: String) { site.temporary.write("spool/" + path, text) }

  func remove(_ path: String) {
    guard unlink(spool + "/" + path) == 0 else { fatalError("\(path): \(errno)") }
  }

  /// A file, the log's last or `name`, with its bytes changed.
  func changeLog(_ change: (inout [UInt8]) -> Void) {
    let path = site.logPath + "/actions.jsonl"
    guard let file = fopen(path, "r") else { fatalError("\(errno)") }
    var bytes = [UInt8](repeating: 0, count: 1 << 20)
    bytes.removeLast(bytes.count - fread(&bytes, 1, bytes.count, file))
    fclose(file)
    change(&bytes)
    site.temporary.write("log/actions.jsonl", bytes)
  }

  /// A list of what was dropped, for both checkers.
  func listing() -> String {
    let lines = Self.dropped.map { name, text in
      JSON.object([
        .init("name", .string(name)), .init("sha256", .string(Self.digest(text))),
      ]).line
    }
    return site.temporary.write("dropped.jsonl", lines.joined(separator: "\n") + "\n")
  }

  func check(dropped: Bool = false) throws -> SpoolReport {
    var options = SpoolCheck.Options(
      logDirectory: site.logPath,
      verifier: .init(keyDirectory: site.temporary.path + "/keys"))
    if dropped {
      let lines = Self.dropped.map {
        "{\"name\": \"\($0.key)\", \"sha256\": \"\(Self.digest($0.value))\"}"
      }
      options.dropped = try DroppedList(Array(lines.joined(separator: "\n").utf8))
    }
    return try SpoolCheck.run(spool, options)
  }

  /// The lines of the independent checker that name a break, and its exit status.
  func witness(dropped: Bool = false, settled: Bool = true) throws -> (
    lines: [String], status: Int32
  ) {
    let root = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3)
      .joined(separator: "/")
    var command = "'\(root)/scripts/check-spool' --tidy --spool '\(spool)' --log '\(site.logPath)'"
    if settled { command += " --settled" }
    if dropped { command += " --dropped '\(listing())'" }
    let answer = Shell.run(command, in: site.temporary)
    return (answer.text.split(separator: "\n").dropLast().map(String.init), answer.status)
  }

  private static func digest(_ text: String) -> String {
    let path = "/tmp/sluice-digest-\(getpid())-\(UInt64.random(in: 0...UInt64.max))"
    let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    defer { unlink(path) }
    let file = OpenFile(descriptor: descriptor)
    do {
      try file.write(Array(text.utf8))
      return try file.digest().sha256.description
    } catch { fatalError("\(error)") }
  }
}
