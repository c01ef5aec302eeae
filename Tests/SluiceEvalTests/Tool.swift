import Glibc
import SluiceCore
import SluiceTestSupport

/// The real `sluice`, run to its end.
struct Tool {
  struct Result {
    var status: Int32
    var output: String
    var errors: String
    /// The output as one JSON value.
    var json: JSON { (try? JSON(parsing: Array(output.utf8))) ?? .null }
    /// The output as JSON values, one a line.
    var lines: [JSON] {
      output.split(separator: "\n").map { (try? JSON(parsing: Array($0.utf8))) ?? .null }
    }
  }

  let directory: TemporaryDirectory

  /// - Parameter environment: `NAME=value`, beside `PATH`.
  func run(_ arguments: [String], environment added: [String] = []) throws -> Result {
    let binary = try Self.binary()
    let (output, errors) = (directory.path + "/stdout", directory.path + "/stderr")
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    let flags = O_WRONLY | O_CREAT | O_TRUNC
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, output, flags, 0o600)
    posix_spawn_file_actions_addopen(&actions, 2, errors, flags, 0o600)
    let argv = ([binary] + arguments).map { strdup($0) } + [nil]
    let environment = (["PATH=/usr/bin:/bin"] + added).map { strdup($0) } + [nil]
    defer { for pointer in argv + environment { free(pointer) } }
    var pid: pid_t = 0
    let code = posix_spawn(&pid, binary, &actions, nil, argv, environment)
    guard code == 0 else { throw Trouble(what: "spawn: \(code)") }
    var status: Int32 = 0
    while waitpid(pid, &status, 0) < 0, errno == EINTR {}
    return Result(
      status: status & 0x7F == 0 ? status >> 8 & 0xFF : -1, output: Self.text(output),
      errors: Self.text(errors))
  }

  struct Trouble: Error { var what: String }

  static func text(_ path: String) -> String { String(decoding: bytes(path), as: UTF8.self) }

  static func bytes(_ path: String) -> [UInt8] {
    let descriptor = open(path, O_RDONLY)
    guard descriptor >= 0 else { return [] }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      guard count > 0 else { return bytes }
      bytes += buffer[..<count]
    }
  }

  /// The binary lies beside the tests that are running.
  private static func binary() throws -> String {
    var buffer = [CChar](repeating: 0, count: 4096)
    let count = readlink("/proc/self/exe", &buffer, buffer.count - 1)
    let own = String(decoding: buffer[..<max(0, count)].map(UInt8.init(bitPattern:)), as: UTF8.self)
    for path in [own] + CommandLine.arguments {
      var folder = path[...]
      while let slash = folder.lastIndex(of: "/") {
        folder = folder[..<slash]
        let binary = folder + "/sluice"
        var status = stat()
        if stat(String(binary), &status) == 0, status.st_mode & S_IFMT == S_IFREG,
          access(String(binary), X_OK) == 0
        {
          return String(binary)
        }
      }
    }
    throw Trouble(what: "sluice was not built")
  }
}
