import SluiceCore

/// Something in `incoming/` that stays there, and why; it is recorded once and shown in `status`.
package struct Unclaimable: Sendable, Hashable {
  package enum Reason: String, Sendable, Hashable {
    /// A link, FIFO, socket or device: never opened, never followed.
    case notRegular = "not_regular"
    /// The spool's user may not read it.
    case unreadable
    /// The folder it lies in cannot be entered, or nothing may be taken out of it.
    case closedFolder = "closed_folder"
    /// On another file system (a mount inside `incoming/`).
    case otherFileSystem = "other_file_system"
    /// Nested too deeply.
    case tooDeep = "too_deep"
    /// The rename was refused otherwise (immutable, in use as a mount point, …).
    case refused
  }

  /// Below `incoming/`, `/` between folders; any bytes but NUL.
  package var path: [UInt8]
  package var reason: Reason
  /// One sentence for a person.
  package var detail: String
  package var since: Timestamp

  package init(path: [UInt8], reason: Reason, detail: String, since: Timestamp) {
    self.path = path
    self.reason = reason
    self.detail = detail
    self.since = since
  }
}
