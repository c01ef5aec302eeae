import Glibc
import SluiceCore

/// Tells the service manager how the daemon is (sd_notify(3), by hand). Does nothing where none asks.
package final class ServiceManager: Sendable {
  private let address: [UInt8]?
  private let clock: Clock
  /// How often the watchdog must hear of progress; nil where there is none.
  package let watchdog: Nanoseconds?

  /// - Parameter socket: `NOTIFY_SOCKET`: a path, or `@` and an abstract name.
  package init(socket: String?, watchdog: Nanoseconds?, clock: Clock) {
    address = socket.flatMap { $0.isEmpty || $0.utf8.count > 107 ? nil : Array($0.utf8) }
    self.watchdog = watchdog
    self.clock = clock
  }

  /// From the environment, which is then cleared, so that no child speaks in the daemon's name.
  package static func fromEnvironment(clock: Clock) -> ServiceManager {
    var watchdog: Nanoseconds?
    let pid = getenv("WATCHDOG_PID").flatMap { Int32(String(cString: $0)) }
    if pid == nil || pid == getpid(),
      let text = getenv("WATCHDOG_USEC"), let micro = UInt64(String(cString: text)),
      micro > 0, micro < 1 << 50
    {
      watchdog = Nanoseconds(micro * 1000)
    }
    let socket = getenv("NOTIFY_SOCKET").map { String(cString: $0) }
    for name in ["NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID"] { unsetenv(name) }
    return ServiceManager(socket: socket, watchdog: watchdog, clock: clock)
  }

  package func ready(status: String) { send("READY=1\nSTATUS=\(flat(status))") }

  package func reloading() {
    send("RELOADING=1\nMONOTONIC_USEC=\(clock.monotonic() / 1000)")
  }

  package func stopping() { send("STOPPING=1\nSTATUS=stopping") }

  package func status(_ text: String) { send("STATUS=\(flat(text))") }

  /// Only to be called while workers make progress.
  package func alive() { send("WATCHDOG=1") }

  /// Asks for more time to start or stop, from now.
  package func extend(by span: Nanoseconds, status: String) {
    send("EXTEND_TIMEOUT_USEC=\(span.count / 1000)\nSTATUS=\(flat(status))")
  }

  private func flat(_ text: String) -> String { text.split(separator: "\n").joined(separator: " ") }

  private func send(_ state: String) {
    guard let path = address else { return }
    let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path) }
    // An abstract name begins with a NUL, and its length is part of it.
    if path[0] == UInt8(ascii: "@") { address.sun_path.0 = 0 }
    let length = socklen_t(MemoryLayout<sa_family_t>.size + path.count)
    withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { target in
        _ = Array(state.utf8).withUnsafeBytes {
          // The manager may be gone or full; its own timeouts then decide.
          sendto(
            descriptor, $0.baseAddress, $0.count,
            Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT),
            target, length)
        }
      }
    }
  }
}
