import CSluiceSystem
import Glibc
import SluiceCore

/// Serves HTTP/1.1 on a Unix socket: one request a connection, on a short-lived thread of its own.
/// Who calls is what the kernel says of the peer. Heads, bodies, time and connections are bounded.
package final class ControlServer: Sendable {
  package struct Limits: Sendable {
    package var head = 16 << 10
    package var body = 64 << 10
    /// Seconds a peer may take for its request, and for each part of an answer it reads.
    package var seconds = 10
    package var connections = 32
    package init() {}
  }

  package typealias Handler = @Sendable (ControlRequest) -> ControlResponse

  private struct State {
    var open = 0
    var isStopping = false
  }

  private let listener: Int32
  private let path: String
  private let limits: Limits
  private let access: ControlAccess
  private let handler: Handler
  private let state = Monitor(State())

  /// Binds the socket; requests are answered from `start` on.
  /// - Throws: `ControlError` where the socket cannot be made.
  package init(
    path: String, group: String, limits: Limits = Limits(), handler: @escaping Handler
  ) throws(ControlError) {
    access = ControlAccess(group: group)
    self.path = path
    self.limits = limits
    self.handler = handler
    do {
      listener = try UnixSocket.listen(path: path, mode: 0o660)
    } catch {
      throw ControlError(.system, error.message)
    }
    if let gid = ControlAccess.number(ofGroup: group), chown(path, uid_t.max, gid) != 0 {
      let code = errno
      close(listener)
      throw ControlError(
        .system, "chown \(path) to group \(group): \(String(cString: strerror(code)))")
    }
  }

  package func start() {
    SystemThread.detach("control") { [self] in accept() }
  }

  /// Takes no more requests, and waits up to `seconds` for those under way.
  package func stop(seconds: Int = 2) {
    state.update { $0.isStopping = true }
    unlink(path)
    shutdown(listener, Int32(SHUT_RDWR))
    let deadline = Clock.system.monotonic() + UInt64(seconds) * 1_000_000_000
    _ = state.wait(until: deadline) { $0.open == 0 ? true : nil }
  }

  private func accept() {
    while true {
      let connection = sluice_accept(listener)
      if connection < 0 {
        if state.withLock(\.isStopping) { break }
        if errno == EINTR || errno == ECONNABORTED { continue }
        if [EMFILE, ENFILE, ENOMEM, ENOBUFS].contains(errno) {
          // Out of descriptors or memory for now; the waiting peer is taken when there is room.
          usleep(200_000)
          continue
        }
        break
      }
      let isFree = state.update { state in
        guard state.open < limits.connections else { return false }
        state.open += 1
        return true
      }
      let isServed =
        isFree
        && SystemThread.detach("control-peer") { [self] in
          serve(connection)
          close(connection)
          state.update { $0.open -= 1 }
        }
      if !isServed {
        if isFree { state.update { $0.open -= 1 } }
        close(connection)
      }
    }
    close(listener)
  }

  private func serve(_ connection: Int32) {
    UnixSocket.setTimeouts(connection, seconds: limits.seconds)
    let response = answer(to: connection)
    do {
      try send(response, to: connection)
    } catch {
      // The peer is gone or does not read: there is nobody to tell.
    }
    if case .file(let descriptor, _) = response.body { close(descriptor) }
    // What the peer still sends is not read; without this a close would take our answer with it.
    shutdown(connection, Int32(SHUT_WR))
    drain(connection)
  }

  private func answer(to connection: Int32) -> ControlResponse {
    let caller: ControlCaller
    do {
      caller = access.caller(try UnixSocket.peer(of: connection))
    } catch {
      return .refusal(500, "system", error.message)
    }
    let deadline = Clock.system.monotonic() + UInt64(limits.seconds) * 1_000_000_000
    var bytes: [UInt8] = []
    guard
      let end = fill(&bytes, from: connection, deadline: deadline, until: { HTTPHead.end(of: $0) })
    else {
      return bytes.count > limits.head
        ? .refusal(431, "head-too-large", "the request's head is too large")
        : .refusal(408, "incomplete", "no whole request came in time")
    }
    guard let head = HTTPHead(parsing: bytes[..<end]), head.first[2].hasPrefix("HTTP/1.") else {
      return .refusal(400, "bad-request", "this is no HTTP request")
    }
    guard head.headers["transfer-encoding"] == nil else {
      return .refusal(411, "length-required", "a body must have a Content-Length")
    }
    let length = head.headers["content-length"].map { Int($0) ?? -1 } ?? 0
    guard length >= 0 else { return .refusal(400, "bad-request", "bad Content-Length") }
    guard length <= limits.body else {
      return .refusal(413, "body-too-large", "a body may have at most \(limits.body) bytes")
    }
    if head.headers["expect"]?.lowercased() == "100-continue" {
      try? UnixSocket.send(Array("HTTP/1.1 100 Continue\r\n\r\n".utf8), to: connection)
    }
    let whole = end + length
    guard
      fill(&bytes, from: connection, deadline: deadline, until: { $0.count >= whole ? whole : nil })
        != nil
    else { return .refusal(408, "incomplete", "no whole request came in time") }
    return respond(to: head, body: Array(bytes[end..<whole]), caller: caller)
  }

  private func respond(to head: HTTPHead, body: [UInt8], caller: ControlCaller) -> ControlResponse {
    guard let target = HTTPText.target(head.target) else {
      return .refusal(400, "bad-request", "bad path")
    }
    var json: JSON?
    if !body.isEmpty {
      do {
        json = try JSON(parsing: body)
      } catch {
        return .refusal(400, "bad-json", "the body is no JSON: \(error)")
      }
    }
    return handler(
      ControlRequest(
        method: head.method, path: target.path, query: target.query, body: json, caller: caller))
  }

  /// Reads until `isDone` gives a value.
  /// - Returns: nil at the end of input, past the deadline, or with too much of a head.
  private func fill(
    _ bytes: inout [UInt8], from connection: Int32, deadline: UInt64,
    until isDone: ([UInt8]) -> Int?
  ) -> Int? {
    let most = limits.head + limits.body
    return withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 16) { piece in
      while true {
        if let value = isDone(bytes) { return value }
        guard bytes.count <= most, Clock.system.monotonic() < deadline,
          let count = try? UnixSocket.receive(piece, from: connection), count > 0
        else { return nil }
        bytes.append(contentsOf: piece[..<count])
        if HTTPHead.end(of: bytes) == nil, bytes.count > limits.head { return nil }
      }
    }
  }

  private func drain(_ connection: Int32) {
    UnixSocket.setTimeouts(connection, seconds: 1)
    withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 16) { piece in
      for _ in 0..<64 {
        guard let count = try? UnixSocket.receive(piece, from: connection), count > 0 else {
          return
        }
      }
    }
  }

  private func send(_ response: ControlResponse, to connection: Int32) throws(UnixSocket.Failure) {
    var head = "HTTP/1.1 \(response.status) \(Self.phrase(response.status))\r\n"
    switch response.body {
    case .bytes(let bytes, let type):
      head += "Content-Type: \(type)\r\nContent-Length: \(bytes.count)\r\n"
    case .file(_, let size):
      head += "Content-Type: application/octet-stream\r\nContent-Length: \(size)\r\n"
    }
    for (name, value) in response.headers { head += "\(name): \(value)\r\n" }
    head += "Connection: close\r\n\r\n"
    try UnixSocket.send(Array(head.utf8), to: connection)
    switch response.body {
    case .bytes(let bytes, _): try UnixSocket.send(bytes, to: connection)
    case .file(let descriptor, let size):
      try sendFile(descriptor, size: size, to: connection)
    }
  }

  private func sendFile(_ descriptor: Int32, size: Int, to connection: Int32)
    throws(UnixSocket.Failure)
  {
    let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 4096)
    defer { piece.deallocate() }
    var offset = 0
    while offset < size {
      let count = pread(descriptor, piece.baseAddress, min(piece.count, size - offset), offset)
      if count < 0, errno == EINTR { continue }
      // A short answer is all that can be said after the head: the client sees it and confirms nothing.
      guard count > 0 else {
        throw UnixSocket.Failure(call: "read", errno: count < 0 ? errno : EIO)
      }
      try UnixSocket.send(UnsafeRawBufferPointer(rebasing: piece[..<count]), to: connection)
      offset += count
    }
  }

  private static func phrase(_ status: Int) -> String {
    switch status {
    case 200: "OK"
    case 202: "Accepted"
    case 400: "Bad Request"
    case 403: "Forbidden"
    case 404: "Not Found"
    case 405: "Method Not Allowed"
    case 408: "Request Timeout"
    case 409: "Conflict"
    case 411: "Length Required"
    case 413: "Content Too Large"
    case 422: "Unprocessable Content"
    case 431: "Request Header Fields Too Large"
    case 503: "Service Unavailable"
    default: "Internal Server Error"
    }
  }
}
