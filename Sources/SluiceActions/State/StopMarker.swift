import SluiceCore

/// Tells a start whether the stop before it was an orderly one.
package struct StopMarker: Sendable {
  private let state: StateFolder
  private static let name = "clean-stop"

  package init(state: StateFolder) { self.state = state }

  /// To be written as the last thing of an orderly stop.
  package func write(at time: Timestamp) throws(ActionError) {
    try state.write(Self.name, .object([.init("time", .string(time.description))]))
  }

  /// Whether the stop was clean; the marker is gone, durably, when this returns.
  func take() throws(ActionError) -> Bool { try state.remove(Self.name) }
}
