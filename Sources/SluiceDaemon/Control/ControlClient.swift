import Glibc
import SluiceCore

/// Asks a running daemon over its control socket: one connection a request, blocking.
package struct ControlClient: Sendable {
  /// The socket's path.
  package var socket: String
  /// How long one read or write may take. A reload answers when it is done.
  package var timeoutSeconds: Int

  package init(socket: String, timeoutSeconds: Int = 120) {
    self.socket = socket
    self.timeoutSeconds = timeoutSeconds
  }

  package enum Method: String, Sendable {
    case get = "GET"
    case post = "POST"
    case delete = "DELETE"
  }

  /// The answer to a request, refusals included.
  package struct Reply: Sendable {
    package var status: Int
    /// Names in lower case.
    package var headers: [String: String]
    package var body: [UInt8]

    package func json() throws(ControlError) -> JSON {
      do {
        return try JSON(parsing: body)
      } catch {
        throw ControlError(.badAnswer, "the daemon's answer is no JSON: \(error)", status: status)
      }
    }
  }

  /// - Parameters:
  ///   - path: begins with `/`.
  ///   - query: names and values, not yet encoded.
  ///   - body: sent as JSON.
  package func request(
    _ method: Method, _ path: String, query: [(String, String)] = [], body: JSON? = nil
  ) throws(ControlError) -> Reply {
    var received: [UInt8] = []
    var reply = try exchange(method, path, query: query, body: body) {
      (bytes: UnsafeRawBufferPointer) throws(ControlError) in
      received.append(contentsOf: bytes)
    }
    reply.body = received
    return reply
  }

  /// As `request`, for answers that are files: a 200's bytes go to `sink` as they come.
  /// - Returns: the reply; its body is empty unless the daemon refused.
  package func stream(
    _ method: Method, _ path: String, query: [(String, String)] = [], body: JSON? = nil,
    into sink: (UnsafeRawBufferPointer) throws(ControlError) -> Void
  ) throws(ControlError) -> Reply {
    var refusal: [UInt8] = []
    var status = 0
    var reply = try exchange(
      method, path, query: query, body: body, onHead: { status = $0 },
      sink: { (bytes: UnsafeRawBufferPointer) throws(ControlError) in
        if status == 200 { try sink(bytes) } else { refusal.append(contentsOf: bytes) }
      })
    reply.body = refusal
    return reply
  }

  /// `GET /status`, as one object.
  package func status() throws(ControlError) -> JSON {
    try accepted(request(.get, "/status")).json()
  }

  /// `POST /reload`; waits until the new set is live or refused.
  /// - Returns: `accepted`, `generation`, and `diagnostics` with their `rendered` text.
  package func reload() throws(ControlError) -> JSON {
    let reply = try request(.post, "/reload")
    guard reply.status == 200 || reply.status == 422 else { return try accepted(reply).json() }
    return try reply.json()
  }

  /// `POST /rotate`: closes the log file and begins the next one.
  package func rotate() throws(ControlError) {
    _ = try accepted(request(.post, "/rotate"))
  }

  /// The reply if it is a success, else the refusal as an error.
  package func accepted(_ reply: Reply) throws(ControlError) -> Reply {
    if (200..<300).contains(reply.status) { return reply }
    let json = try? reply.json()
    var message = "the daemon answered with status \(reply.status)"
    var reason: String?
    if let text = json?["message"]?.text { message = text }
    if let text = json?["error"]?.text { reason = text }
    throw ControlError(
      reply.status == 403 ? .forbidden : .refused, message, status: reply.status, reason: reason)
  }

  private func exchange(
    _ method: Method, _ path: String, query: [(String, String)], body: JSON?,
    onHead: (Int) -> Void = { _ in },
    sink: (UnsafeRawBufferPointer) throws(ControlError) -> Void
  ) throws(ControlError) -> Reply {
    let descriptor: Int32
    do {
      descriptor = try UnixSocket.connect(path: socket, timeoutSeconds: timeoutSeconds)
    } catch {
      switch error.errno {
      case ENOENT, ECONNREFUSED, ENOTDIR:
        throw ControlError(.notRunning, "no daemon listens on \(socket)")
      case EACCES, EPERM: throw ControlError(.forbidden, "\(socket) is closed to this user")
      default: throw ControlError(.system, error.message)
      }
    }
    defer { close(descriptor) }
    var target = HTTPText.encode(path, keeping: "/")
    for (index, pair) in query.enumerated() {
      target += index == 0 ? "?" : "&"
      target += HTTPText.encode(pair.0) + "=" + HTTPText.encode(pair.1)
    }
    let payload = body?.bytes ?? []
    var head = "\(method.rawValue) \(target) HTTP/1.1\r\nHost: sluice\r\nConnection: close\r\n"
    if method != .get { head += "Content-Length: \(payload.count)\r\n" }
    if body != nil { head += "Content-Type: application/json\r\n" }
    do {
      try UnixSocket.send(Array((head + "\r\n").utf8) + payload, to: descriptor)
    } catch {
      // A daemon that refuses early answers and closes: what it said is still to be read.
      guard error.errno == EPIPE else { throw Self.lost(error) }
    }
    return try receive(from: descriptor, onHead: onHead, sink: sink)
  }

  private func receive(
    from descriptor: Int32, onHead: (Int) -> Void,
    sink: (UnsafeRawBufferPointer) throws(ControlError) -> Void
  ) throws(ControlError) -> Reply {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
    defer { buffer.deallocate() }
    var head: [UInt8] = []
    var parsed: HTTPHead?
    var left = 0
    while parsed == nil || left > 0 {
      let count: Int
      do { count = try UnixSocket.receive(buffer, from: descriptor) } catch {
        throw Self.lost(error)
      }
      guard count > 0 else {
        throw ControlError(.noAnswer, "the daemon closed the connection before its answer ended")
      }
      var piece = UnsafeRawBufferPointer(rebasing: buffer[..<count])
      if parsed == nil {
        head.append(contentsOf: piece)
        guard let end = HTTPHead.end(of: head) else {
          guard head.count < 1 << 16 else { throw ControlError(.badAnswer, "endless answer") }
          continue
        }
        guard let answer = HTTPHead(parsing: head[..<end]), let status = answer.status,
          let length = answer.headers["content-length"].flatMap({ Int($0) }), length >= 0
        else { throw ControlError(.badAnswer, "the daemon's answer is no HTTP") }
        parsed = answer
        left = length
        onHead(status)
        piece = UnsafeRawBufferPointer(rebasing: piece.suffix(head.count - end))
      }
      let taken = min(left, piece.count)
      if taken > 0 { try sink(UnsafeRawBufferPointer(rebasing: piece.prefix(taken))) }
      left -= taken
    }
    return Reply(status: parsed!.status!, headers: parsed!.headers, body: [])
  }

  private static func lost(_ failure: UnixSocket.Failure) -> ControlError {
    failure.errno == EAGAIN
      ? ControlError(.noAnswer, "the daemon did not answer in time")
      : ControlError(.system, failure.message)
  }
}
