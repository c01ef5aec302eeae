import Glibc
import SluiceActions
import SluiceCore
import SluiceDaemon
import SluiceLog
import SluiceSpool

/// A request on the control socket, to a real server, with the routes of the quarantine behind it.
/// Whatever comes, there is a whole answer, and the two kept items are there or were asked away.
struct ControlTarget: FuzzTarget {
  private let server: ControlServer
  private let socket: String
  private let spool: Spool
  private let spoolPath: String

  init() throws {
    spoolPath = Scratch.folder("spool")
    socket = Scratch.folder("run") + "/control.sock"
    let spool = try Spool.open(spoolPath, options: SpoolOptions(), clock: .system)
    self.spool = spool
    let keys = Scratch.folder("keys")
    let log = try LogWriter.open(
      LogOptions(directory: Scratch.folder("control-log"), keyDirectory: keys), clock: .system
    ).0
    let quarantine = Quarantine(
      journal: try Journal(spool: spool, log: log, options: ActionOptions(), clock: .system))
    server = try ControlServer(path: socket, group: "") { request in
      let routes = QuarantineRoutes(quarantine: quarantine, request: request) {
        (_, _, _) throws(ActionError) in throw ActionError(.system, "no rules here")
      }
      return request.path.first == "allowances" ? routes.allowances() : routes.answer()
    }
    server.start()
  }

  func run(_ input: [UInt8]) {
    keep()
    let connection = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    guard connection >= 0 else { fatalError("socket: \(errno)") }
    defer { close(connection) }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(socket.utf8)) }
    let connected = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(connection, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    guard connected == 0 else { fatalError("connect: \(errno)") }
    _ = input.withUnsafeBytes {
      send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
    }
    shutdown(connection, Int32(SHUT_WR))
    var answer: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = recv(connection, &buffer, buffer.count, 0)
      if count < 0, errno == EINTR { continue }
      if count <= 0 { break }
      answer += buffer[..<count]
    }
    check(answer)
  }

  /// One status line, a length that is the body's, and JSON where it says so.
  private func check(_ answer: [UInt8]) {
    let text = String(decoding: answer, as: UTF8.self)
    // `Expect: 100-continue` is answered before.
    var rest = answer[...]
    let early = Array("HTTP/1.1 100 Continue\r\n\r\n".utf8)
    if rest.starts(with: early) { rest = rest.dropFirst(early.count) }
    let mark = Array("\r\n\r\n".utf8)
    guard rest.starts(with: "HTTP/1.1 ".utf8),
      let end = rest.indices.first(where: { rest[$0...].starts(with: mark) })
    else { fatalError("no answer: \(text)") }
    let head = String(decoding: rest[..<end], as: UTF8.self)
    let body = rest[(end + 4)...]
    guard head.contains("Content-Length: \(body.count)\r\n") else {
      fatalError("a body of \(body.count) bytes under \(head)")
    }
    if head.contains("application/json"), (try? JSON(parsing: body)) == nil {
      fatalError("no JSON: \(text)")
    }
  }

  static let items = ["01ARZ3NDEKTSV4RRFFQ69G5FAV", "01BX5ZZKBKACTAV9WEVGEMMVRZ"]

  /// The same two kept items for each input.
  private func keep() {
    for (index, id) in Self.items.enumerated() {
      let file = "\(spoolPath)/\(["quarantine", "held"][index])/\(id)"
      if access(file, F_OK) == 0, access(file + ".json", F_OK) == 0 { continue }
      for folder in ["quarantine", "held"] {
        unlink("\(spoolPath)/\(folder)/\(id)")
        unlink("\(spoolPath)/\(folder)/\(id).json")
      }
      Scratch.empty("\(spoolPath)/passed")
      Scratch.write(Array("bad".utf8), to: file)
      Scratch.write(
        Array(
          """
          {"schema":"sluice.kept/1","item":"\(id)","destination":"quarantine","source":"default",
          "name":"x.txt","size":3,
          "sha256":"2f05d4b689d270cafb02285f35f44866f7dc8a2d368a3f9d1124373eeab31fb1",
          "verdict":"quarantine","entered":"2026-01-01T00:00:00.000000Z","record":1,
          "file":{"owner":0,"group":0,"mode":"644","modified":0,"attributes":[]},"sealed":false,
          "scores":{"toy":90},"findings":[],"examined":"text","unexamined":[],"reasons":[],
          "generation":"g","review":{"applied":1}}
          """.utf8), to: file + ".json")
    }
  }
}
