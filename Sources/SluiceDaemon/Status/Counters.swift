import SluiceCore

/// What has happened since the start, for status and metrics.
package final class Counters: Sendable {
  package struct Values: Sendable {
    package var verdicts: [Verdict: Int] = [:]
    /// Judged items in which a harm scored, by harm.
    package var harms: [String: Int] = [:]
    package var findings = 0
    package var bytes = 0
    /// Nanoseconds that workers spent on items.
    package var examining: UInt64 = 0
    package var unexamined: [Unexamined.Cause: Int] = [:]
    package var reloadsAccepted = 0
    package var reloadsRefused = 0
    package var faults = 0
    package var alarms: [Alarm] = []
    package var alarmCount = 0

    package init() {}
  }

  package struct Alarm: Sendable, Hashable {
    package var time: Timestamp
    package var kind: String
    package var message: String
  }

  private static let alarmsKept = 50

  private let state = Monitor(Values())

  package init() {}

  package var values: Values { state.withLock { $0 } }

  package func judged(_ decision: Decision, bytes: Int, nanoseconds: UInt64) {
    state.withLock { values in
      values.bytes += bytes
      values.examining += nanoseconds
      values.findings += decision.findings.count { $0.mode == .enforce }
      for harm in decision.scores.keys { values.harms[harm, default: 0] += 1 }
      for gap in decision.unexamined { values.unexamined[gap.cause, default: 0] += 1 }
    }
  }

  /// An item was recorded and moved.
  package func committed(_ verdict: Verdict) {
    state.withLock { $0.verdicts[verdict, default: 0] += 1 }
  }

  package func reloaded(accepted: Bool) {
    state.withLock { values in
      if accepted { values.reloadsAccepted += 1 } else { values.reloadsRefused += 1 }
    }
  }

  package func fault() { state.withLock { $0.faults += 1 } }

  package func alarm(_ alarm: Alarm) {
    state.withLock { values in
      values.alarmCount += 1
      values.alarms.append(alarm)
      if values.alarms.count > Self.alarmsKept { values.alarms.removeFirst() }
    }
  }
}
