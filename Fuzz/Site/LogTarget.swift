import Glibc
import SluiceCore

@testable import SluiceActions
@testable import SluiceLog

/// The files of a log, apart by a record separator (0x1E): current, checkpoints, tree, an earlier
/// file, sealed names. They are verified, read from both ends, and opened for writing, which has to
/// refuse them or to go on with a log that verifies.
struct LogTarget: FuzzTarget {
  private let directory = Scratch.folder("log")
  private let keys = Scratch.folder("log-keys")
  private static let files = [
    "actions.jsonl", "checkpoints", "tree", "actions-0000000000000001.jsonl",
    "names-0000000000000001.jsonl",
  ]

  /// A key that everyone has: the seeds' checkpoints are signed with it in every run.
  init() throws {
    let text = getenv("SLUICE_FUZZ_KEY").map { String(cString: $0) } ?? ""
    guard let bytes = Scratch.read(text) else { return }
    Scratch.write(bytes, to: keys + "/" + LogKey.fileName)
  }

  private var options: LogOptions {
    LogOptions(
      directory: directory, keyDirectory: keys, origin: "fuzz.example/sluice",
      calls: LogCalls(
        write: { Glibc.write($0, $1.baseAddress, $1.count) }, sync: { _ in 0 },
        syncWhole: { _ in 0 }))
  }

  func run(_ input: [UInt8]) {
    Scratch.empty(directory)
    let parts = input.split(separator: 0x1E, omittingEmptySubsequences: false)
    for (name, bytes) in zip(Self.files, parts) where !bytes.isEmpty {
      Scratch.write(Array(bytes), to: directory + "/" + name)
    }
    let report = try? LogVerifier.verify(directory, options: .init(keyDirectory: keys))
    _ = report?.lines(for: directory)
    readAll(atMost: input.count)
    _ = try? LogReader.tail(directory, count: 10)
    _ = try? CheckedLog(directory, occupied: [], progress: {})
    goOn(wasGood: report?.isGood == true)
  }

  /// A reader comes to its end, however broken the lines are.
  private func readAll(atMost bytes: Int) {
    guard let reader = try? LogReader(directory) else { return }
    for _ in 0...(bytes + 16) {
      do throws(LogError) {
        guard let entry = try reader.next() else { return }
        _ = (entry.decision, entry.time, entry.item)
      } catch {
        guard error.code == .broken else { return }
      }
    }
    fatalError("the reader comes to no end")
  }

  private func goOn(wasGood: Bool) {
    do throws(LogError) {
      let (log, _) = try LogWriter.open(
        options, clock: Clock(now: { .init(microseconds: 0) }, monotonic: { 0 }))
      try log.append([LogRecord(.stopped, [])])
      try log.commit()
      try log.close()
      guard wasGood else { return }
      let after = try LogVerifier.verify(directory, options: .init(keyDirectory: keys))
      guard after.isGood else { fatalError("it held before it was written on: \(after)") }
    } catch {
      if wasGood, error.code == .broken { fatalError("it holds and is refused: \(error)") }
    }
  }

  /// Small logs of the key: one file, two files, sealed names, torn.
  var seeds: [[UInt8]] {
    var seeds: [[UInt8]] = []
    for variant in 0..<4 {
      Scratch.empty(directory)
      var options = options
      options.sealNames = variant == 2
      do {
        let (log, _) = try LogWriter.open(options, clock: .system)
        for number in 0..<3 {
          try log.append([
            LogRecord(
              .unclaimable,
              [
                RecordBuilder.text(Array("name \(number)".utf8), key: "path"),
                .init("reason", .string("x")), .init("detail", .string("y")),
              ])
          ])
          try log.commit()
          if variant == 1, number == 1 { try log.rotate() }
        }
        try log.close()
      } catch { fatalError("\(error)") }
      var parts = Self.files.map { Scratch.read(directory + "/" + $0) ?? [] }
      if variant == 3 { parts[0] += Array("{\"seq\":9,".utf8) }
      seeds.append(Array(parts.joined(separator: [0x1E])))
    }
    if let key = getenv("SLUICE_FUZZ_KEY").map({ String(cString: $0) }), Scratch.read(key) == nil,
      let bytes = Scratch.read(keys + "/" + LogKey.fileName)
    {
      Scratch.write(bytes, to: key)
    }
    return seeds
  }
}
