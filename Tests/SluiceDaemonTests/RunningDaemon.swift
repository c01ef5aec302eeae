import Glibc
import SluiceCore
import SluiceTestSupport
import Testing

@testable import SluiceDaemon

/// The real binary, running on directories of its own, with a service manager that listens.
///
/// Unchecked: one test uses one value, from one thread.
final class RunningDaemon: @unchecked Sendable {
  struct Trouble: Error, CustomStringConvertible {
    var description: String
  }

  let directory: TemporaryDirectory
  private(set) var pid: pid_t = 0
  private let notices: Int32
  private let extra: [String]
  private let config: Bool

  /// - Parameter settings: a config beside the standard directories; nil runs without a config.
  init(
    settings: String? = nil, _ directory: TemporaryDirectory = TemporaryDirectory(),
    extra: [String] = []
  )
    throws
  {
    self.directory = directory
    self.extra = extra
    config = settings != nil
    if let settings { Self.configure(directory, settings) }
    notices = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let path = Array((directory.path + "/notify").utf8)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path) }
    unlink(directory.path + "/notify")
    let bound = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(notices, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    guard bound == 0 else { throw Trouble(description: "bind: \(errno)") }
  }

  deinit {
    if pid > 0 {
      kill(pid, SIGKILL)
      waitpid(pid, nil, 0)
    }
    close(notices)
  }

  static func configure(_ directory: TemporaryDirectory, _ settings: String) {
    let root = directory.path
    directory.write(
      "sluice.yaml",
      """
      spool: {path: \(root)/spool, settle: 0}
      rules: {paths: [\(root)/rules]}
      log: {path: \(root)/log}
      state: {path: \(root)/state}
      control: {socket: \(root)/control.sock}
      \(settings)
      """)
  }

  var control: ControlClient {
    ControlClient(
      socket: directory.path + (config ? "/control.sock" : "/log/state/control.sock"),
      timeoutSeconds: 20)
  }

  func start() throws {
    let beside = try #require(Self.binary, "sluiced was not built")
    var arguments = [beside]
    if config {
      arguments += ["--config", directory.path + "/sluice.yaml"]
    } else {
      arguments += [
        "--spool", directory.path + "/spool", "--rules", directory.path + "/rules", "--log",
        directory.path + "/log",
      ]
    }
    arguments += extra
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    let output = directory.path + "/output"
    posix_spawn_file_actions_addopen(
      &actions, STDERR_FILENO, output, O_WRONLY | O_CREAT | O_APPEND, 0o644)
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
    let argv = (arguments).map { strdup($0) } + [nil]
    let environment =
      (["NOTIFY_SOCKET=\(directory.path)/notify", "PATH=/usr/bin:/bin"] as [String])
      .map { strdup($0) } + [nil]
    defer {
      for pointer in argv + environment { free(pointer) }
    }
    let code = posix_spawn(&pid, beside, &actions, nil, argv, environment)
    guard code == 0 else { throw Trouble(description: "spawn: \(code)") }
  }

  /// Starts and waits until it is ready.
  func startReady() throws {
    try start()
    try waitFor(notice: "READY=1")
  }

  static var binary: String? {
    var buffer = [CChar](repeating: 0, count: 4096)
    let count = readlink("/proc/self/exe", &buffer, buffer.count - 1)
    guard count > 0 else { return nil }
    var candidates = [
      String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    ]
    candidates += CommandLine.arguments
    for path in candidates {
      var folder = path[...]
      while let slash = folder.lastIndex(of: "/") {
        folder = folder[..<slash]
        let binary = folder + "/sluiced"
        if access(String(binary), X_OK) == 0, !folder.hasSuffix("Sources") { return String(binary) }
      }
    }
    return nil
  }

  /// Waits for a notice of the daemon that holds this line.
  @discardableResult
  func waitFor(notice line: String, seconds: Int = 30) throws -> String {
    let deadline = Clock.system.monotonic() + UInt64(seconds) * 1_000_000_000
    var buffer = [UInt8](repeating: 0, count: 8192)
    while Clock.system.monotonic() < deadline {
      var waiting = pollfd(fd: notices, events: Int16(POLLIN), revents: 0)
      guard poll(&waiting, 1, 100) > 0 else {
        var status: Int32 = 0
        if waitpid(pid, &status, WNOHANG) == pid {
          pid = 0
          throw Trouble(description: "it ended with \(status):\n\(output)")
        }
        continue
      }
      let count = recv(notices, &buffer, buffer.count, 0)
      let text = String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
      if text.split(separator: "\n").contains(where: { $0.hasPrefix(line) }) { return text }
    }
    throw Trouble(description: "no notice \(line):\n\(output)")
  }

  func signal(_ number: Int32) { kill(pid, number) }

  /// Waits until it has ended.
  /// - Returns: its exit status; 256 and more for a signal.
  @discardableResult
  func end(seconds: Int = 20) throws -> Int32 {
    var status: Int32 = 0
    try Wait.until(seconds, "it does not end:\n\(output)") {
      waitpid(self.pid, &status, WNOHANG) == self.pid
    }
    pid = 0
    return status & 0x7F == 0 ? status >> 8 & 0xFF : 256 + (status & 0x7F)
  }

  func crash() throws {
    kill(pid, SIGKILL)
    try end()
  }

  /// Drops a file by writing it at its place, as `cp` does.
  func copy(_ name: String, _ text: String) { directory.write("spool/incoming/" + name, text) }

  /// Drops a file by a rename into place, as `mv` does.
  func move(_ name: String, _ text: String) {
    let path = directory.write(name, text)
    rename(path, directory.path + "/spool/incoming/" + name)
  }

  func waitFor(_ path: String, seconds: Int = 10) throws {
    try Wait.until(seconds, "\(path) does not come:\n\(output)\n\(listing)") {
      access(self.directory.path + "/spool/" + path, F_OK) == 0
    }
  }

  /// Files of a folder of the spool that are no notes, finished or being written.
  func files(_ folder: String) -> [String] {
    Files.list(directory.path + "/spool/" + folder).filter {
      !$0.hasSuffix(".json") && !$0.hasPrefix(".")
    }
  }

  var output: String {
    let bytes = (try? StateFile.read(directory.path + "/output")) ?? []
    return String(decoding: bytes, as: UTF8.self)
  }

  private var listing: String {
    ["incoming", "work", "passed", "annotated", "quarantine", "held"].map {
      "\($0): \(Files.list(directory.path + "/spool/" + $0))"
    }.joined(separator: "\n")
  }
}

enum Wait {
  /// Looks again and again until the condition holds.
  static func until(_ seconds: Int, _ message: @autoclosure () -> String, _ condition: () -> Bool)
    throws
  {
    let deadline = Clock.system.monotonic() + UInt64(seconds) * 1_000_000_000
    while !condition() {
      guard Clock.system.monotonic() < deadline else {
        throw RunningDaemon.Trouble(description: message())
      }
      usleep(5_000)
    }
  }
}

enum Files {
  /// All files below a folder, with their paths.
  static func list(_ folder: String, _ prefix: String = "") -> [String] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var found: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) {
        String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name == "." || name == ".." { continue }
      let below = list(folder + "/" + name, prefix + name + "/")
      if below.isEmpty, opendir(folder + "/" + name).map({ closedir($0) }) == nil {
        found.append(prefix + name)
      }
      found += below
    }
    return found
  }
}
