import Glibc
import SluiceCore
import SluiceTestSupport
import Testing

@testable import SluiceDaemon

@Suite struct ControlTests {
  private static func server(
    _ directory: TemporaryDirectory, limits: ControlServer.Limits = .init(),
    _ handler: @escaping ControlServer.Handler = ControlTests.echo
  ) throws -> (ControlServer, ControlClient) {
    let path = directory.path + "/control.sock"
    let server = try ControlServer(path: path, group: "", limits: limits, handler: handler)
    server.start()
    return (server, ControlClient(socket: path, timeoutSeconds: 10))
  }

  private static let echo: ControlServer.Handler = { request in
    .json(
      .object([
        .init("method", .string(request.method)),
        .init("path", .array(request.path.map(JSON.string))),
        .init("q", request.query["q"].map(JSON.string) ?? .null),
        .init("body", request.body ?? .null),
        .init("user", .int(Int(request.caller.user))), .init("pid", .int(Int(request.caller.pid))),
        .init("write", .bool(request.caller.mayWrite)),
      ]))
  }

  @Test("A request arrives as it was sent, with who sent it")
  func roundTrip() throws {
    let directory = TemporaryDirectory()
    let (server, client) = try Self.server(directory)
    defer { server.stop() }
    let body = JSON.object([.init("items", .array([.string("ä")]))])
    let reply = try client.request(.post, "/a b/ü", query: [("q", "1&2=3 %")], body: body)
    let json = try reply.json()
    #expect(reply.status == 200)
    #expect(json["path"] == .array([.string("a b"), .string("ü")]))
    #expect(json["q"] == .string("1&2=3 %") && json["body"] == body)
    #expect(json["user"] == .int(Int(geteuid())) && json["pid"] == .int(Int(getpid())))
    #expect(json["write"] == .bool(true))
  }

  @Test("A file is streamed whole")
  func streams() throws {
    let directory = TemporaryDirectory()
    let content = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    let path = directory.write("file", content)
    let (server, client) = try Self.server(directory) { _ in
      ControlResponse(
        status: 200, body: .file(descriptor: open(path, O_RDONLY), size: content.count))
    }
    defer { server.stop() }
    var received: [UInt8] = []
    _ = try client.stream(.get, "/") { (bytes) throws(ControlError) in
      received.append(contentsOf: bytes)
    }
    #expect(received == content)
  }

  @Test("A socket path longer than an address holds works")
  func longPath() throws {
    let directory = TemporaryDirectory()
    let folder = directory.path + "/" + String(repeating: "d", count: 120)
    try StateFile.makeDirectory(folder)
    let server = try ControlServer(path: folder + "/s", group: "", handler: Self.echo)
    server.start()
    defer { server.stop() }
    #expect(try ControlClient(socket: folder + "/s").request(.get, "/").status == 200)
  }

  @Test(
    "What is no request, or too large, is refused and the next one is served",
    arguments: [
      ("nonsense\r\n\r\n", 400), ("GET / HTTP/1.1\r\nno colon\r\n\r\n", 400),
      ("GET relative HTTP/1.1\r\n\r\n", 400), ("GET /%zz HTTP/1.1\r\n\r\n", 400),
      ("POST / HTTP/1.1\r\nContent-Length: -5\r\n\r\n", 400),
      ("POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", 400),
      ("POST / HTTP/1.1\r\nContent-Length: 3\r\n\r\n{a}", 400),
      ("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n", 411),
      ("POST / HTTP/1.1\r\nContent-Length: 99999999\r\n\r\n", 413),
      ("GET /" + String(repeating: "a", count: 30_000) + " HTTP/1.1\r\n\r\n", 431),
    ])
  func refused(_ text: String, _ status: Int) throws {
    let directory = TemporaryDirectory()
    let (server, client) = try Self.server(directory)
    defer { server.stop() }
    let connection = try UnixSocket.connect(path: client.socket, timeoutSeconds: 10)
    defer { close(connection) }
    try UnixSocket.send(Array(text.utf8), to: connection)
    shutdown(connection, Int32(SHUT_WR))
    var answer: [UInt8] = []
    let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 4096, alignment: 16)
    defer { piece.deallocate() }
    while case let count = try UnixSocket.receive(piece, from: connection), count > 0 {
      answer.append(contentsOf: piece[..<count])
    }
    #expect(String(decoding: answer, as: UTF8.self).hasPrefix("HTTP/1.1 \(status) "))
    #expect(try client.request(.get, "/").status == 200)
  }

  @Test("A peer that says nothing is let go after its time")
  func slow() throws {
    let directory = TemporaryDirectory()
    var limits = ControlServer.Limits()
    limits.seconds = 1
    let (server, client) = try Self.server(directory, limits: limits)
    defer { server.stop() }
    let connection = try UnixSocket.connect(path: client.socket, timeoutSeconds: 10)
    defer { close(connection) }
    let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 4096, alignment: 16)
    defer { piece.deallocate() }
    let count = try UnixSocket.receive(piece, from: connection)
    #expect(String(decoding: piece[..<count], as: UTF8.self).hasPrefix("HTTP/1.1 408 "))
  }

  @Test("Without a daemon the client says so")
  func notRunning() {
    let directory = TemporaryDirectory()
    let client = ControlClient(socket: directory.path + "/none")
    #expect { try client.status() } throws: { ($0 as? ControlError)?.code == .notRunning }
  }

  @Test("Strangers may neither read nor write, members of the group read, the owner does both")
  func access() {
    var access = ControlAccess(group: "")
    access.owner = 4_000_000
    access.readers = [4_000_001]
    func caller(_ user: UInt32, _ group: UInt32) -> ControlCaller {
      access.caller(UnixSocket.Peer(pid: 1, user: user, group: group))
    }
    #expect(!caller(4_000_002, 4_000_002).mayRead)
    #expect(caller(4_000_002, 4_000_001).mayRead && !caller(4_000_002, 4_000_001).mayWrite)
    #expect(caller(4_000_000, 9).mayWrite && caller(0, 0).mayWrite)
  }
}
