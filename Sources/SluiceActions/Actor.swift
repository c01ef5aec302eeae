import SluiceCore

/// Who asked for an action: the peer of the control socket, or the user who runs the command.
package struct Actor: Sendable, Hashable {
  package var uid: UInt32
  /// The user's name, where the system knows one.
  package var user: String?

  package init(uid: UInt32, user: String?) {
    self.uid = uid
    self.user = user
  }

  /// As records carry it.
  package var json: JSON {
    .object([.init("uid", .int(Int(uid)))] + (user.map { [.init("user", .string($0))] } ?? []))
  }

  package init?(json: JSON?) {
    guard let uid = json?["uid"]?.integer, let exact = UInt32(exactly: uid) else { return nil }
    self.init(uid: exact, user: json?["user"]?.text)
  }
}
