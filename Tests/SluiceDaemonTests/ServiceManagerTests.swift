import Glibc
import SluiceCore
import SluiceTestSupport
import Testing

@testable import SluiceDaemon

@Suite struct ServiceManagerTests {
  @Test("Notices reach a socket by path and by abstract name, each in one datagram")
  func notices() throws {
    for isAbstract in [false, true] {
      let directory = TemporaryDirectory()
      let name = directory.path + "/n"
      let socket = Glibc.socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
      defer { close(socket) }
      var address = sockaddr_un()
      address.sun_family = sa_family_t(AF_UNIX)
      let bytes = (isAbstract ? [0] : []) + Array(name.utf8)
      withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
      let length = socklen_t(2 + bytes.count)
      let bound = withUnsafePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(socket, $0, length) }
      }
      try #require(bound == 0)
      let manager = ServiceManager(
        socket: isAbstract ? "@" + name : name, watchdog: nil,
        clock: Clock(now: { Timestamp(microseconds: 0) }, monotonic: { 7_000_000 }))
      func next() -> String {
        var buffer = [UInt8](repeating: 0, count: 512)
        let count = recv(socket, &buffer, buffer.count, Int32(MSG_DONTWAIT))
        return String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
      }
      manager.ready(status: "two\nlines")
      #expect(next() == "READY=1\nSTATUS=two lines")
      manager.reloading()
      #expect(next() == "RELOADING=1\nMONOTONIC_USEC=7000")
      manager.extend(by: Nanoseconds(seconds: 30), status: "s")
      #expect(next() == "EXTEND_TIMEOUT_USEC=30000000\nSTATUS=s")
      manager.alive()
      #expect(next() == "WATCHDOG=1")
      manager.stopping()
      #expect(next().hasPrefix("STOPPING=1\n"))
    }
  }

  @Test("Without a service manager nothing is said and nothing fails")
  func alone() {
    ServiceManager(socket: nil, watchdog: nil, clock: .system).ready(status: "x")
    ServiceManager(socket: "/nowhere/at/all", watchdog: nil, clock: .system).ready(status: "x")
  }
}
