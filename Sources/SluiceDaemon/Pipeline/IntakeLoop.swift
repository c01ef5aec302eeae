import SluiceCore
import SluiceSpool

/// Claims what was dropped and hands it to the queue, on a thread of its own, until told to stop.
package struct IntakeLoop: Sendable {
  /// Between two looks of an idle intake; events end the wait.
  private static let wait: UInt64 = 60_000_000_000

  private let parts: Parts

  package init(parts: Parts) { self.parts = parts }

  package func run() {
    while let room = parts.queue.room(), parts.gate.pass() {
      do {
        let claims = try parts.intake.next(
          limit: min(room, 256), timeoutNanoseconds: Self.wait)
        parts.faults.passed(.intake)
        parts.queue.add(claims)
      } catch {
        parts.faults.report(.intake, error.message)
      }
    }
  }
}
