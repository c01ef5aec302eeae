import CSluiceSystem
import Glibc
import Testing

/// A process with its standard input and output on pipes.
final class Child {
  let pid: pid_t
  private let input: Int32
  private let output: Int32
  private var hasEnded = false

  init(_ arguments: [String]) throws {
    var (toChild, fromChild): ([Int32], [Int32]) = ([-1, -1], [-1, -1])
    try #require(sluice_pipe(&toChild) == 0 && sluice_pipe(&fromChild) == 0)
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, toChild[0], 0)
    posix_spawn_file_actions_adddup2(&actions, fromChild[1], 1)
    var argv: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) }
    defer { for pointer in argv { free(pointer) } }
    argv.append(nil)
    var pid: pid_t = 0
    let result = posix_spawn(&pid, arguments[0], &actions, nil, argv, environ)
    close(toChild[0])
    close(fromChild[1])
    (self.pid, input, output) = (pid, toChild[1], fromChild[0])
    try #require(result == 0, "posix_spawn \(arguments[0]): \(result)")
  }

  /// Whether the child has said something within ten seconds.
  func waitForOutput() -> Bool {
    var poll = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
    var byte: UInt8 = 0
    return Glibc.poll(&poll, 1, 10_000) == 1 && read(output, &byte, 1) == 1
  }

  /// Closes its input and waits for its end.
  func end() {
    guard !hasEnded else { return }
    hasEnded = true
    close(input)
    var status: Int32 = 0
    waitpid(pid, &status, 0)
    close(output)
  }

  deinit { end() }
}
