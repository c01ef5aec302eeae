import Glibc
import SluiceCore
import SluiceTestSupport
import Synchronization

@testable import SluiceLog

/// A log in a directory of its own, with a clock that ticks and calls that can be made to fail.
final class TestLog: Sendable {
  let temporary = TemporaryDirectory()
  let failures = Failures()
  var directory: String { temporary.path + "/log" }
  var keys: String { temporary.path + "/keys" }

  /// What the next calls are to do instead of their work; counted down.
  final class Failures: Sendable {
    private let planned = Mutex<[(call: Call, errno: Int32)]>([])
    enum Call { case write, sync }

    func plan(_ call: Call, _ errno: Int32, times: Int = 1) {
      planned.withLock { $0 += (0..<times).map { _ in (call, errno) } }
    }

    func take(_ call: Call) -> Int32? {
      planned.withLock { planned in
        guard let index = planned.firstIndex(where: { $0.call == call }) else { return nil }
        return planned.remove(at: index).errno
      }
    }
  }

  var clock: Clock {
    let ticks = Mutex<Int64>(1_790_000_000_000_000)
    return Clock(
      now: {
        Timestamp(
          microseconds: ticks.withLock {
            $0 += 1_000_000
            return $0
          })
      }, monotonic: { 0 })
  }

  func options(
    rotateBytes: Int = 0, sealNames: Bool = false, log: String = "log", keys: String = "keys"
  ) -> LogOptions {
    let failures = failures
    return LogOptions(
      directory: temporary.path + "/" + log, keyDirectory: temporary.path + "/" + keys,
      origin: "test.example/sluice", rotateBytes: rotateBytes, sealNames: sealNames,
      calls: LogCalls(
        write: { descriptor, bytes in
          if let number = failures.take(.write) {
            // Half of it gets there, as on a disk that fills up.
            _ = Glibc.write(descriptor, bytes.baseAddress, bytes.count / 2)
            errno = number
            return -1
          }
          return Glibc.write(descriptor, bytes.baseAddress, bytes.count)
        },
        sync: { descriptor in
          if let number = failures.take(.sync) {
            errno = number
            return -1
          }
          return 0
        }, syncWhole: { _ in 0 }))
  }

  func open(_ options: LogOptions? = nil) throws -> LogWriter {
    try LogWriter.open(options ?? self.options(), clock: clock).0
  }

  /// A log of `lines` lines, closed: the first is `log.created`.
  func fill(lines: Int, _ options: LogOptions? = nil) throws {
    let log = try open(options)
    for number in 2...lines { try log.append([Self.record(number)]) }
    try log.commit()
    try log.close()
  }

  static func record(_ number: Int) -> LogRecord {
    LogRecord(
      .paused,
      [
        JSON.Member("reason", .string("number \(number) of them")),
        JSON.Member("count", .int(number)),
      ])
  }

  func verify(checkpoint: String? = nil, keys: String? = nil) throws -> VerificationReport {
    try LogVerifier.verify(
      directory,
      options: LogVerifier.Options(keyDirectory: keys ?? self.keys, checkpointFile: checkpoint))
  }

  func read(_ name: String = "actions.jsonl") -> [UInt8] {
    (try? LogDirectory.read(directory + "/" + name)) ?? []
  }

  func write(_ bytes: [UInt8], _ name: String = "actions.jsonl") {
    temporary.write("log/" + name, bytes)
  }

  var files: [String] {
    ((try? LogDirectory(path: directory).entries()) ?? []).sorted()
  }

  func entries(from seq: Int = 1) throws -> [LogEntry] {
    let reader = try LogReader(directory, from: seq)
    var all: [LogEntry] = []
    while let entry = try reader.next() { all.append(entry) }
    return all
  }
}

/// The lines of a file, each with its newline.
func lines(_ bytes: [UInt8]) -> [[UInt8]] {
  var all: [[UInt8]] = [[]]
  for byte in bytes {
    all[all.count - 1].append(byte)
    if byte == 0x0A { all.append([]) }
  }
  if all.last!.isEmpty { all.removeLast() }
  return all
}
