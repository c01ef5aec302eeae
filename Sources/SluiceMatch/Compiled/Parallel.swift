import Glibc
import Synchronization

/// Work that falls into many parts, spread over the cores. Threads of its own, which share the
/// priority of the one that waits for them.
enum Parallel {
  /// Bytes: expressions are read by recursion, and a thread may have been given little.
  private static let stack = 8 << 20
  /// Fewer parts than this a thread are not worth one.
  private static let fewest = 16

  /// The results in the order of their indices, however the work was spread.
  static func map<Result: Sendable>(
    _ count: Int, _ body: @escaping @Sendable (Int) -> Result
  ) -> [Result] {
    let cores = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    let job = Job(count: count, body)
    // One thread more than that which waits, even for one core: its stack is what counts.
    let threads = (0..<max(1, min(cores, count / fewest))).compactMap { _ in start(job) }
    // Where the system has no room for threads, this one does it all.
    if threads.isEmpty { job.run() }
    for thread in threads { pthread_join(thread, nil) }
    return job.results
  }

  private class AnyJob { func run() {} }

  /// Unchecked: `body` is Sendable, and what changes is atomic or behind the lock.
  private final class Job<Result: Sendable>: AnyJob, @unchecked Sendable {
    private let count: Int
    private let body: @Sendable (Int) -> Result
    private let next = Atomic(0)
    private let done: Mutex<[(index: Int, result: Result)]> = Mutex([])

    init(count: Int, _ body: @escaping @Sendable (Int) -> Result) {
      self.count = count
      self.body = body
    }

    override func run() {
      var own: [(index: Int, result: Result)] = []
      while true {
        let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard index < count else { break }
        own.append((index, body(index)))
      }
      let finished = own
      done.withLock { $0 += finished }
    }

    var results: [Result] {
      done.withLock { $0.sorted { $0.index < $1.index }.map(\.result) }
    }
  }

  private static func start(_ job: AnyJob) -> pthread_t? {
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    pthread_attr_setstacksize(&attributes, stack)
    defer { pthread_attr_destroy(&attributes) }
    let retained = Unmanaged.passRetained(job)
    var thread = pthread_t()
    let code = pthread_create(
      &thread, &attributes,
      { pointer in
        Unmanaged<AnyJob>.fromOpaque(pointer!).takeRetainedValue().run()
        return nil
      }, retained.toOpaque())
    guard code == 0 else {
      retained.release()
      return nil
    }
    return thread
  }
}
