import Dispatch
import Glibc
import SluiceCore
import SluiceDaemon
import SluiceExtract
import SluiceMatch
import SluiceRules

/// What judging one file came to.
enum ScanOutcome: Sendable {
  case judged(Decision)
  /// It could not be opened or read; one sentence.
  case failed(String)
}

/// Judges many files on several threads and reports them in order.
struct JudgePool {
  var matchers: [Matcher]
  var limits: ExtractLimits
  var parsers: ParserClient.Options
  /// 0 is one a core.
  var jobs: Int
  var policy: Policy
  var source: String

  /// Files that are judged before their results are reported.
  private static let stride = 1024

  /// Calls `report` for every file in order, with one outcome a matcher.
  func run(_ files: [ScannedFile], report: (ScannedFile, [ScanOutcome]) -> Void) {
    let count = max(
      1, min(jobs > 0 ? jobs : Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))), files.count))
    let workers = (0..<count).map { _ in Worker(self) }
    var start = 0
    while start < files.count {
      let part = Array(files[start..<min(files.count, start + Self.stride)])
      let shared = Monitor(Batch(results: Array(repeating: nil, count: part.count)))
      let context = (policy, source)
      DispatchQueue.concurrentPerform(iterations: count) { index in
        while true {
          let next = shared.withLock { batch -> Int? in
            guard batch.next < part.count else { return nil }
            batch.next += 1
            return batch.next - 1
          }
          guard let next else { return }
          let outcomes = workers[index].judge(part[next], policy: context.0, source: context.1)
          shared.withLock { $0.results[next] = outcomes }
        }
      }
      let results = shared.withLock { $0.results }
      for (file, outcomes) in zip(part, results) { report(file, outcomes!) }
      start += part.count
    }
  }

  private struct Batch: Sendable {
    var next = 0
    var results: [[ScanOutcome]?]
  }

  /// Unchecked: `concurrentPerform` gives every index to one thread at a time, and each worker is
  /// only used under its own index.
  private final class Worker: @unchecked Sendable {
    private let judges: [ItemJudge]

    init(_ pool: JudgePool) {
      judges = pool.matchers.map {
        ItemJudge(matcher: $0, limits: pool.limits, parsers: pool.parsers)
      }
    }

    func judge(_ file: ScannedFile, policy: Policy, source: String) -> [ScanOutcome] {
      let opened: OpenedFile
      do { opened = try OpenedFile(file) } catch { return [.failed(error.description)] }
      return judges.map { judge in
        do throws(ReadFailure) {
          let context = ItemContext(
            name: file.name, source: source, policy: policy, now: Clock.system.now())
          return .judged(try judge.judge(opened.descriptor, context: context).decision)
        } catch {
          return .failed(error.message)
        }
      }
    }
  }
}
