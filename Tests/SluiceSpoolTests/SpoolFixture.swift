import CSluiceSystem
import Glibc
import SluiceCore
import SluiceTestSupport
import Synchronization
import Testing

@testable import SluiceSpool

/// A spool in a directory of its own, with a clock whose hands can be moved.
final class SpoolFixture: Sendable {
  let directory = TemporaryDirectory()
  /// Nanoseconds by which both clocks are ahead of the system's.
  let ahead = Atomic<UInt64>(0)

  var path: String { directory.path + "/spool" }
  var incoming: String { path + "/incoming" }

  var clock: Clock {
    Clock(
      now: {
        Timestamp(
          microseconds: Clock.system.now().microseconds
            + Int64(self.ahead.load(ordering: .relaxed) / 1000))
      },
      monotonic: { Clock.system.monotonic() + self.ahead.load(ordering: .relaxed) })
  }

  func advance(seconds: UInt64) {
    ahead.add(seconds * 1_000_000_000, ordering: .relaxed)
  }

  func open(_ options: SpoolOptions = SpoolOptions(), _ calls: FileCalls = .system)
    throws(SpoolError) -> Spool
  {
    try Spool.open(path, options: options, clock: clock, calls: calls)
  }

  /// Puts a finished file into `incoming/`, as `mv` does.
  func drop(_ name: String, _ text: String = "some text\n") throws {
    try drop(FilePath(name.utf8), text)
  }

  func drop(_ name: FilePath, _ text: String = "some text\n") throws {
    let file = directory.write("made", text)
    let (folder, _) = FileNames.split(name)
    var made = FilePath(incoming.utf8)
    for part in FileNames.components(folder) {
      made = FileNames.join(made, part)
      _ = made.withCPath { mkdir($0, 0o755) }
    }
    let target = FilePath(incoming.utf8) + [FileNames.slash] + name
    try #require(target.withCPath { rename(file, $0) } == 0, "rename: errno \(errno)")
  }

  func read(_ path: String) -> String? {
    guard let file = fopen(self.path + "/" + path, "r") else { return nil }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    return String(decoding: bytes[..<fread(&bytes, 1, bytes.count, file)], as: UTF8.self)
  }

  func status(_ path: String) -> FileStatus? {
    var raw = stat()
    return lstat(self.path + "/" + path, &raw) == 0 ? FileStatus(raw) : nil
  }

  /// Names in a folder of the spool, sorted.
  func names(_ folder: String) throws -> [String] {
    let path = FilePath((self.path + "/" + folder).utf8)
    let reader = try FolderReader(FileCalls.system.openFolder(AT_FDCWD, path), path: path)
    var names: [String] = []
    while let entry = try reader.next(path: path) {
      names.append(String(decoding: entry.name, as: UTF8.self))
    }
    return names.sorted()
  }
}

/// Nanoseconds that a test waits for what must come.
let patience: UInt64 = 10_000_000_000

extension Intake {
  /// All claims until `count` have come or patience is over.
  func claims(_ count: Int) throws(SpoolError) -> [Claim] {
    var claims: [Claim] = []
    let end = Clock.system.monotonic() + patience
    while claims.count < count, Clock.system.monotonic() < end {
      claims += try next(timeoutNanoseconds: 100_000_000)
    }
    return claims
  }

  /// What is claimed in one round that does not wait.
  func now() throws(SpoolError) -> [Claim] { try next(timeoutNanoseconds: 0) }
}

extension Spool {
  /// Drops one file and claims it.
  func claim(_ fixture: SpoolFixture, _ name: String, _ text: String = "some text\n") throws
    -> Claim
  {
    try fixture.drop(name, text)
    return try #require(try Intake(spool: self).claims(1).first)
  }

  /// The item, which must be ready.
  func ready(_ claim: Claim) throws -> OpenedItem {
    switch try open(claim) {
    case .ready(let item): return item
    case .stillWriting: throw Unexpected("it has a writer")
    case .overdue: throw Unexpected("it is overdue")
    case .notRegular(let kind): throw Unexpected("it is a \(kind)")
    case .gone: throw Unexpected("it is gone")
    case .unreadable(let code): throw Unexpected("it is unreadable: \(code)")
    }
  }

  func outcome(_ claim: Claim) throws(SpoolError) -> String {
    switch try open(claim) {
    case .ready: "ready"
    case .stillWriting: "stillWriting"
    case .overdue: "overdue"
    case .notRegular(let kind): "notRegular \(kind)"
    case .gone: "gone"
    case .unreadable: "unreadable"
    }
  }

  func allUnfinished() throws(SpoolError) -> [Claim] {
    var claims: [Claim] = []
    var unfinished = unfinishedClaims()
    while let claim = try unfinished.next() { claims.append(claim) }
    return claims
  }
}

struct Unexpected: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}
