import Glibc

/// A command of the shell, run to its end.
package enum Shell {
  package struct Answer: Sendable, Hashable {
    /// The exit status; -1 where it ended by a signal or could not be started.
    package var status: Int32
    /// Standard output and error together.
    package var text: String
  }

  /// - Parameter directory: where the output is kept meanwhile.
  package static func run(_ command: String, in directory: TemporaryDirectory) -> Answer {
    let output = directory.path + "/shell-output"
    let words = ["/bin/sh", "-c", command + " >'\(output)' 2>&1"]
    var argv: [UnsafeMutablePointer<CChar>?] = words.map { word in strdup(word) }
    var environment: [UnsafeMutablePointer<CChar>?] = [strdup("PATH=/usr/bin:/bin")]
    argv.append(nil)
    environment.append(nil)
    defer { for pointer in argv + environment { free(pointer) } }
    var pid: pid_t = 0
    guard posix_spawn(&pid, "/bin/sh", nil, nil, argv, environment) == 0 else {
      return Answer(status: -1, text: "")
    }
    var status: Int32 = 0
    while waitpid(pid, &status, 0) < 0, errno == EINTR {}
    return Answer(status: status & 0x7F == 0 ? status >> 8 & 0xFF : -1, text: text(output))
  }

  private static func text(_ path: String) -> String {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return "" }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
      bytes += buffer[..<count]
    }
  }
}
