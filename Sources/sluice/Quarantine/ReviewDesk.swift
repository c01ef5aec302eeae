import ArgumentParser
import Glibc
import SluiceActions
import SluiceCore
import SluiceDaemon

/// Who answers: a running daemon, or this process under the spool's lock. The answers are the same.
enum ReviewDesk {
  case daemon(ControlClient)
  case local(LocalReview)

  /// - Throws: `ExitCode.refused` for what was refused, `Failure` for what could not be done.
  func ask(
    _ method: ControlClient.Method, _ path: [String], query: [(String, String)] = [],
    body: [JSON.Member]? = nil
  ) throws -> JSON {
    let body = body.map(JSON.object)
    switch self {
    case .daemon(let client):
      let reply: ControlClient.Reply
      do {
        reply = try client.request(
          method, "/" + path.joined(separator: "/"), query: query, body: body)
        return try checked(status: reply.status, try reply.json())
      } catch let error as ControlError {
        throw Failure(error.message)
      }
    case .local(let review):
      let response = review.answer(method, path, query: query, body: body)
      guard case .bytes(let bytes, _) = response.body else {
        throw Failure("a file where an answer was due")
      }
      return try checked(status: response.status, try JSON(parsing: bytes))
    }
  }

  /// Streams an item's bytes into `file`.
  func export(_ item: String, why: String, into file: Int32) throws {
    let body = JSON.object([.init("why", .string(why))])
    let path = ["quarantine", item, "export"]
    switch self {
    case .daemon(let client):
      do {
        let reply = try client.stream(.post, "/" + path.joined(separator: "/"), body: body) {
          (bytes) throws(ControlError) in
          guard Self.write(bytes, to: file) else {
            throw ControlError(.system, "cannot write: \(String(cString: strerror(errno)))")
          }
        }
        guard reply.status == 200 else {
          _ = try checked(status: reply.status, try reply.json())
          return
        }
      } catch let error as ControlError {
        throw Failure(error.message)
      }
    case .local(let review):
      let response = review.answer(.post, path, query: [], body: body)
      switch response.body {
      case .bytes(let bytes, _):
        _ = try checked(status: response.status, try JSON(parsing: bytes))
      case .file(let descriptor, _):
        defer { Glibc.close(descriptor) }
        var offset: off_t = 0
        var buffer = [UInt8](repeating: 0, count: 1 << 17)
        while true {
          let count = pread(descriptor, &buffer, buffer.count, offset)
          if count == 0 { break }
          guard count > 0,
            buffer.withUnsafeBytes({ Self.write(.init(rebasing: $0[..<count]), to: file) })
          else { throw Failure("cannot write: \(String(cString: strerror(errno)))") }
          offset += off_t(count)
        }
      }
    }
  }

  /// To be called at the end of a command that changed something.
  func close() throws {
    if case .local(let review) = self { try review.close() }
  }

  private static func write(_ bytes: UnsafeRawBufferPointer, to file: Int32) -> Bool {
    var done = 0
    while done < bytes.count {
      let count = Glibc.write(file, bytes.baseAddress! + done, bytes.count - done)
      if count > 0 { done += count } else if errno != EINTR { return false }
    }
    return true
  }

  private func checked(status: Int, _ json: JSON) throws -> JSON {
    if (200..<300).contains(status) { return json }
    let message = json["message"]?.text ?? "refused with status \(status)"
    guard status == 409 || status == 403 else { throw Failure(message) }
    Terminal.error(Display.escape(message))
    throw ExitCode.refused
  }
}
