import SluiceCore

/// `GET /status` as lines for a person: what `sluice status` prints, and what SIGUSR2 writes to the
/// journal.
package enum StatusText {
  /// - Parameter status: the object that `/status` answered with.
  package static func lines(of status: JSON) -> [String] { fatalError("unfinished") }
}
