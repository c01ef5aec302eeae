import CSluiceSystem
import Glibc
import Logging
import SluiceCore
import SluiceLog

/// Gives each durable record of the log to a site's command, one line each on its standard input.
/// On a thread of its own behind the log: a slow, stuck or broken command delays nobody. After a
/// restart it goes on where it left off; a record may then come twice.
package final class EventFeeder: Sendable {
  private struct State {
    /// Counts calls of `poke`, so that none is missed.
    var news = 0
    var isStopping = false
  }

  private static let shortest: UInt64 = 1_000_000_000
  private static let longest: UInt64 = 60_000_000_000

  private let command: [String]
  private let directory: String
  private let placePath: String
  private let durable: @Sendable () -> Int
  private let clock: Clock
  private let logger: Logger
  private let state = Monitor(State())

  /// - Parameters:
  ///   - directory: the log's.
  ///   - placePath: a file that keeps the number of the last record given.
  ///   - durable: the number of the last durable record.
  package init(
    command: [String], directory: String, placePath: String,
    durable: @escaping @Sendable () -> Int, clock: Clock, logger: Logger
  ) {
    self.command = command
    self.directory = directory
    self.placePath = placePath
    self.durable = durable
    self.clock = clock
    self.logger = logger
  }

  /// There are new records.
  package func poke() { state.update { $0.news += 1 } }

  package func stop() { state.update { $0.isStopping = true } }

  package func run() {
    var wait = Self.shortest
    while !state.withLock(\.isStopping) {
      let began = clock.monotonic()
      do {
        try feed()
      } catch {
        logger.warning("on_event: \(error.message)")
      }
      if clock.monotonic() - began > Self.longest { wait = Self.shortest }
      // The command ended or could not be started: again, ever more seldom.
      _ = state.wait(until: clock.monotonic() + wait) { $0.isStopping ? true : nil }
      wait = min(wait * 2, Self.longest)
    }
  }

  private struct Failure: Error {
    var message: String
  }

  private func feed() throws(Failure) {
    let child = try Child(command)
    defer { child.end() }
    var next = readPlace() + 1
    let reader: LogReader
    do { reader = try LogReader(directory, from: next) } catch {
      throw Failure(message: "\(error)")
    }
    while true {
      let news = state.withLock(\.news)
      let last = durable()
      while next <= last {
        let entry: LogEntry?
        do { entry = try reader.next() } catch { throw Failure(message: "\(error)") }
        guard let entry else { break }
        try child.write(entry.line + [10])
        next = entry.seq + 1
      }
      keepPlace(next - 1)
      let stop = state.wait { state -> Bool? in
        state.isStopping ? true : state.news != news ? false : nil
      }
      if stop ?? true { return }
    }
  }

  private func readPlace() -> Int {
    let text = (try? StateFile.read(placePath, limit: 64)).map {
      String(decoding: $0, as: UTF8.self)
    }
    // The first time the command gets what comes from now on.
    return text.flatMap { Int($0.prefix { $0 != "\n" }) } ?? durable()
  }

  private func keepPlace(_ seq: Int) {
    // Where it cannot be kept, records come twice.
    try? StateFile.replace(placePath, with: Array("\(seq)\n".utf8))
  }

  /// The running command.
  private struct Child {
    let pid: pid_t
    let pipe: Int32

    init(_ command: [String]) throws(Failure) {
      var ends: [Int32] = [-1, -1]
      guard sluice_pipe(&ends) == 0 else {
        throw Failure(message: "no pipe: \(String(cString: strerror(errno)))")
      }
      var actions = posix_spawn_file_actions_t()
      posix_spawn_file_actions_init(&actions)
      posix_spawn_file_actions_adddup2(&actions, ends[0], STDIN_FILENO)
      var attributes = posix_spawnattr_t()
      posix_spawnattr_init(&attributes)
      var none = sigset_t()
      sigemptyset(&none)
      var all = sigset_t()
      sigfillset(&all)
      // The daemon blocks its signals; a command must get them.
      posix_spawnattr_setsigmask(&attributes, &none)
      posix_spawnattr_setsigdefault(&attributes, &all)
      posix_spawnattr_setflags(
        &attributes, Int16(POSIX_SPAWN_SETSIGMASK) | Int16(POSIX_SPAWN_SETSIGDEF))
      var arguments = command.map { strdup($0) } + [nil]
      defer {
        for argument in arguments { free(argument) }
        posix_spawn_file_actions_destroy(&actions)
        posix_spawnattr_destroy(&attributes)
      }
      var pid = pid_t()
      let code = posix_spawn(&pid, command[0], &actions, &attributes, &arguments, environ)
      close(ends[0])
      guard code == 0 else {
        close(ends[1])
        throw Failure(message: "\(command[0]): \(String(cString: strerror(code)))")
      }
      self.pid = pid
      pipe = ends[1]
    }

    func write(_ bytes: [UInt8]) throws(Failure) {
      var done = 0
      while done < bytes.count {
        let count = bytes.withUnsafeBytes {
          Glibc.write(pipe, $0.baseAddress! + done, bytes.count - done)
        }
        if count >= 0 {
          done += count
        } else if errno != EINTR {
          throw Failure(message: "the command takes no more: \(String(cString: strerror(errno)))")
        }
      }
    }

    /// Closes its input; a command that does not end within a second is ended.
    func end() {
      close(pipe)
      for _ in 0..<20 {
        if waitpid(pid, nil, WNOHANG) != 0 { return }
        usleep(50_000)
      }
      kill(pid, SIGTERM)
      waitpid(pid, nil, 0)
    }
  }
}
