import SluiceCore

/// What a caller on the control socket asks.
package struct ControlRequest: Sendable {
  package var method: String
  /// The decoded pieces of the path: `/quarantine/ID/release` has three.
  package var path: [String]
  package var query: [String: String]
  /// Nil where there is none.
  package var body: JSON?
  package var caller: ControlCaller

  package init(
    method: String, path: [String], query: [String: String], body: JSON?, caller: ControlCaller
  ) {
    self.method = method
    self.path = path
    self.query = query
    self.body = body
    self.caller = caller
  }

  /// A text member of the body, or of the query.
  package func text(_ name: String) -> String? {
    body?[name]?.text ?? query[name]
  }

  package func flag(_ name: String) -> Bool {
    body?[name]?.flag ?? (query[name] == "1" || query[name] == "true")
  }
}

/// Who calls, as the kernel tells, and what they may do.
package struct ControlCaller: Sendable, Hashable {
  package var user: UInt32
  package var pid: Int32
  /// The user's name where there is one, else the number; for records.
  package var name: String
  /// May ask for status and metrics, and look at the quarantine's list.
  package var mayRead: Bool
  /// May change something: root and the daemon's own user.
  package var mayWrite: Bool

  package init(user: UInt32, pid: Int32, name: String, mayRead: Bool, mayWrite: Bool) {
    self.user = user
    self.pid = pid
    self.name = name
    self.mayRead = mayRead
    self.mayWrite = mayWrite
  }
}

/// An answer.
package struct ControlResponse: Sendable {
  package enum Body: Sendable {
    case bytes([UInt8], type: String)
    /// The first `size` bytes of an open file, which is closed afterwards.
    case file(descriptor: Int32, size: Int)
  }

  package var status: Int
  package var headers: [(String, String)] = []
  package var body: Body

  package static func json(_ value: JSON, status: Int = 200) -> ControlResponse {
    ControlResponse(
      status: status, body: .bytes(value.bytes + [10], type: "application/json"))
  }

  package static func text(_ text: String, type: String) -> ControlResponse {
    ControlResponse(status: 200, body: .bytes(Array(text.utf8), type: type))
  }

  /// A refusal: a stable code and a sentence.
  package static func refusal(_ status: Int, _ code: String, _ message: String) -> ControlResponse {
    json(
      .object([.init("error", .string(code)), .init("message", .string(message))]), status: status)
  }
}
